/// What a passage can be read as: the labels of the ledger that say what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// Left out: a running head, a page number, a stray line.
    Furniture,
    /// Left out of the text around it, as the heading of a part.
    Heading,
    /// The title of a session, which begins here.
    SessionTitle,
    /// Who is on stage or moderates: one person.
    Credit,
    /// Running text of a session.
    Body,
    /// A pull quote.
    Quote,
    /// Who said the pull quote beside it.
    QuoteBy,
    /// A bullet of a session's conclusions.
    Conclusion,
    /// What a photograph shows.
    Caption,
    /// Left out of the text around it: what is said of the conference, the report or who made them.
    About,
}

impl ReadAs {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Furniture,
        Self::Heading,
        Self::SessionTitle,
        Self::Credit,
        Self::Body,
        Self::Quote,
        Self::QuoteBy,
        Self::Conclusion,
        Self::Caption,
        Self::About,
    ];

    /// As the ledger and a file of corrections write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Heading => "heading",
            Self::SessionTitle => "session_title",
            Self::Credit => "credit",
            Self::Body => "body",
            Self::Quote => "quote",
            Self::QuoteBy => "quote_by",
            Self::Conclusion => "conclusion",
            Self::Caption => "caption",
            Self::About => "about",
        }
    }

    /// The one that is written so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.as_str() == name)
    }
}
