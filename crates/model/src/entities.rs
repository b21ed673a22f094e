use crate::{Corrected, Document, Edition, Evidence, Ids, slug};

/// What an edition is called by whose name nobody knows.
const UNNAMED_EDITION: &str = "edition";

/// What a person is called by whose name has no letters.
const UNNAMED: &str = "unnamed";

impl Edition {
    /// The id that follows from the names of the edition.
    #[must_use]
    pub fn id_of_names(&self) -> String {
        match (&self.short_name, &self.name) {
            (Some(short), _) => slug(&short.replace(' ', "")),
            (None, Some(name)) => slug(name),
            (None, None) => UNNAMED_EDITION.to_owned(),
        }
    }
}

/// The id that follows from the name of a person, before it is made unique.
#[must_use]
pub fn id_of_person(name: &str) -> String {
    Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| UNNAMED.to_owned())
}

impl Document {
    /// Calls `visit` with the evidence and the corrections of everything in the document that has any, in its order.
    pub fn each_evidence(&mut self, mut visit: impl FnMut(&mut Vec<Evidence>, &mut Vec<Corrected>)) {
        macro_rules! all {
            ($($list:expr),+) => { $(for entity in $list { visit(&mut entity.evidence, &mut entity.corrected); })+ };
        }
        visit(&mut self.edition.evidence, &mut self.edition.corrected);
        all!(&mut self.agenda);
        for session in &mut self.sessions {
            visit(&mut session.evidence, &mut session.corrected);
            all!(&mut session.speakers, &mut session.moderators);
        }
        for speaker in &mut self.speakers {
            visit(&mut speaker.evidence, &mut speaker.corrected);
            all!(&mut speaker.affiliations);
        }
        all!(&mut self.quotes);
        for takeaway in &mut self.takeaways {
            visit(&mut takeaway.evidence, &mut takeaway.corrected);
            all!(&mut takeaway.versions);
        }
        all!(&mut self.recommendations);
        for article in &mut self.articles {
            visit(&mut article.evidence, &mut article.corrected);
            all!(&mut article.authors);
        }
        all!(&mut self.captions, &mut self.posts, &mut self.figures, &mut self.venues, &mut self.team);
        visit(&mut self.evidence, &mut self.corrected);
    }

    /// Gives every entity the id that follows from what it says now, and lets references follow. A document that was only
    /// read has these ids already.
    pub fn renew_ids(&mut self) {
        self.edition.id = self.edition.id_of_names();
        let mut ids = Ids::new(&self.edition.id);
        let mut people: Vec<(String, String)> = Vec::new();
        for speaker in &mut self.speakers {
            renew(&mut speaker.id, ids.unique(id_of_person(&speaker.name)), &mut people);
        }
        let mut sessions: Vec<(String, String)> = Vec::new();
        for session in &mut self.sessions {
            renew(&mut session.id, ids.titled(&session.title), &mut sessions);
        }
        let absent = String::new();
        for slot in &mut self.agenda {
            let (date, start) = (slot.date.as_ref().unwrap_or(&absent), slot.start.as_ref().unwrap_or(&absent));
            slot.id = ids.hashed(&format!("agenda {date} {start} {}", slot.title));
        }
        for quote in &mut self.quotes {
            quote.id = ids.hashed(&quote.text);
        }
        for article in &mut self.articles {
            article.id = ids.titled(&article.title);
        }
        for recommendation in &mut self.recommendations {
            recommendation.id = ids.titled(&recommendation.title);
        }
        for caption in &mut self.captions {
            caption.id = ids.hashed(&format!("caption {}", caption.text));
        }
        for post in &mut self.posts {
            post.id = ids.hashed(&format!("post {} {}", post.handle, post.text));
        }
        for figure in &mut self.figures {
            figure.id = ids.hashed(&format!("figure {} {}", figure.value, figure.label));
        }
        for venue in &mut self.venues {
            venue.id = ids.hashed(&format!("venue {} {}", venue.years, venue.place));
        }
        for member in &mut self.team {
            let role = member.role.as_ref().unwrap_or(&absent);
            member.id = ids.hashed(&format!("team {} {role}", member.name));
        }
        for takeaway in &mut self.takeaways {
            takeaway.id = ids.titled(&takeaway.title);
        }
        self.follow(&people, &sessions);
    }

    /// References to those that have another id now: old and new.
    fn follow(&mut self, people: &[(String, String)], sessions: &[(String, String)]) {
        let follow = |reference: &mut String, renamed: &[(String, String)]| {
            if let Some((_, new)) = renamed.iter().find(|(old, _)| old == reference) {
                reference.clone_from(new);
            }
        };
        for session in &mut self.sessions {
            for credit in session.speakers.iter_mut().chain(&mut session.moderators) {
                follow(&mut credit.speaker, people);
            }
        }
        for quote in &mut self.quotes {
            quote.speaker.iter_mut().for_each(|speaker| follow(speaker, people));
            quote.session.iter_mut().for_each(|session| follow(session, sessions));
        }
        for slot in &mut self.agenda {
            slot.session.iter_mut().for_each(|session| follow(session, sessions));
        }
    }
}

/// Gives an entity its new id, and notes both where they differ.
fn renew(id: &mut String, new: String, renamed: &mut Vec<(String, String)>) {
    if *id != new {
        renamed.push((std::mem::replace(id, new.clone()), new));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Credit, Quote, Session, Speaker};

    #[test]
    fn ids_follow_from_what_is_said_and_references_follow_them() {
        let mut document = Document {
            edition: Edition { short_name: Some("HD 2031".to_owned()), ..Edition::default() },
            speakers: vec![Speaker { id: "ada-brun".into(), name: "Ada Brunn".into(), ..Speaker::default() }],
            sessions: vec![Session {
                id: "x".into(),
                title: "Ropes".into(),
                speakers: vec![Credit { speaker: "ada-brun".into(), ..Credit::default() }],
                ..Session::default()
            }],
            quotes: vec![Quote {
                speaker: Some("ada-brun".into()),
                session: Some("x".into()),
                text: "Ropes hold.".into(),
                ..Quote::default()
            }],
            ..Document::default()
        };
        document.renew_ids();
        assert_eq!(document.sessions[0].id, "hd2031-ropes");
        assert_eq!(document.sessions[0].speakers[0].speaker, "ada-brunn");
        assert_eq!(document.quotes[0].speaker.as_deref(), Some("ada-brunn"));
        assert_eq!(document.quotes[0].session.as_deref(), Some("hd2031-ropes"));
        let before = document.clone();
        document.renew_ids();
        assert_eq!(document, before);
    }
}
