use serde::{Serialize, Serializer};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know: something was inferred or put right.
    Advice,
    /// To be looked at: something may be wrong.
    Warning,
    /// Wrong: the document cannot be trusted without a correction.
    Error,
}

impl Severity {
    /// As it is written: `advice`, `warning`, `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $severity:ident;)+) => {
        /// What can be found, as `area/what-is-wrong`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the registry.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// `area/what-is-wrong`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The severity of its findings where nothing else is asked for.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// What it says, in a line and more.
            #[must_use]
            pub fn documentation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+)),+ }
            }

            /// The first line of its documentation.
            #[must_use]
            pub fn title(self) -> &'static str {
                self.documentation().lines().next().unwrap_or_default().trim()
            }
        }
    };
}

codes! {
    /// Bytes that are not UTF-8; each stands as U+FFFD in the document.
    TextInvalidUtf8 = "text/invalid-utf8", Error;
    /// The source holds no text.
    TextEmpty = "text/empty", Error;
    /// The source is a file of another kind (PDF, HTML, UTF-16, binary), not the text of a report.
    TextNotText = "text/not-text", Error;
    /// A line so long that it is read as running text only.
    TextLongLine = "text/long-line", Warning;
    /// The text shows no edition: no conference with a year, no date.
    EditionNotFound = "edition/not-found", Error;
    /// No session was found in a report.
    SessionNone = "session/none", Warning;
    /// A session that has no credits, no summary or no title.
    SessionIncomplete = "session/incomplete", Warning;
    /// Lines that no rule could read; they stand in no part of the document.
    StructureUnread = "structure/unread", Warning;
    /// Running text that stops in mid-sentence, and no continuation was found.
    StructureCutOff = "structure/cut-off", Warning;
    /// Running text that was put into another order than the source has it in.
    StructureReordered = "structure/reordered", Advice;
    /// A name that is spelt in two ways.
    PersonMisspelt = "person/misspelt", Warning;
    /// A quote whose speaker is printed nowhere near it, and could not be inferred.
    QuoteNoSpeaker = "quote/no-speaker", Warning;
    /// A quote whose speaker is printed nowhere near it, but follows from the rest.
    QuoteSpeakerInferred = "quote/speaker-inferred", Warning;
    /// A takeaway that two sources word differently.
    TakeawayDiffers = "takeaway/differs", Advice;
    /// Numbered takeaways with a number left out or doubled, or fewer than the heading promises.
    TakeawayCount = "takeaway/count", Warning;
    /// Sources that are given together but are of different editions.
    SourceOtherEdition = "source/other-edition", Error;
    /// The document that was read does not fit its own schema: a fault of the tool.
    DocumentInvalid = "document/invalid", Error;
    /// A file that is to be validated and is not JSON.
    DocumentNotJson = "document/not-json", Error;
    /// A value of a document that the schema does not allow in its place.
    DocumentSchema = "document/schema", Error;
    /// A lexicon file that is not TOML, or holds a table or a list that the lexicon does not have.
    LexiconInvalid = "lexicon/invalid", Error;
}

impl Code {
    /// The part before the slash.
    #[must_use]
    pub fn area(self) -> &'static str {
        self.as_str().split('/').next().unwrap_or_default()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_well_formed_and_documented() {
        let mut seen = std::collections::BTreeSet::new();
        for &code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} stands twice");
            let (area, what) = code.as_str().split_once('/').expect("area/what");
            let kebab = |part: &str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            };
            assert!(kebab(area) && kebab(what), "{code}");
            assert!(code.documentation().trim().len() > 20, "{code} says what it is");
        }
    }
}
