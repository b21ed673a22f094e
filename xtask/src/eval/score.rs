//! A document against a gold annotation: for each kind of entity how many there are, how many were found and how many
//! of those are right.
//!
//! Entities are matched one to one, the most similar first. Both sides are read as plain JSON, so that the gold needs
//! no types of its own and a document of any version can be scored.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::text::{fold, folded_sim, paragraphs, ratio_bound, sim, word_f1};

/// From here on two texts are the same.
const SAME: f64 = 0.97;
/// From here on two titles of sessions mean the same session, though one of them may be misread.
const SAME_SESSION: f64 = 0.8;
/// From here on two quotes are the same quote, though one of them may be cut or run on.
const SAME_QUOTE: f64 = 0.85;
/// From here on a session is one of those that are neither asked for nor wrong.
const OPTIONAL: f64 = 0.9;

/// The fields of the edition that count, where the gold has them.
const EDITION_FIELDS: &[&str] =
    &["name", "short_name", "year", "ordinal", "theme", "start_date", "end_date", "venue", "city", "format"];

/// One kind of entity, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is counted: `session titles`.
    pub kind: &'static str,
    /// How many the gold has.
    pub gold: usize,
    /// How many the document has.
    pub found: usize,
    /// How many of these agree.
    pub right: usize,
}

impl Row {
    /// Precision and recall in one number, from 0 to 1; 1 where there is nothing to find and nothing was found.
    #[must_use]
    pub fn f1(&self) -> f64 {
        if self.counts() { 2.0 * self.right as f64 / (self.gold + self.found) as f64 } else { 1.0 }
    }

    /// Whether there is anything to count.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.gold + self.found > 0
    }
}

/// One thing that is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The kind of entity.
    pub kind: &'static str,
    /// What is wrong with it, in one line.
    pub message: String,
}

/// How well a document agrees with a gold annotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// The kinds of entities, always in the same order.
    pub rows: Vec<Row>,
    /// Mean of the word F1 of the sessions' summaries; `None` where the gold has no sessions to summarise.
    pub summary_word_f1: Option<f64>,
    /// What is not right.
    pub misses: Vec<Miss>,
}

impl Score {
    /// The row of one kind.
    #[must_use]
    pub fn row(&self, kind: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == kind)
    }

    /// Mean F1 over the rows where there is anything to count.
    #[must_use]
    pub fn mean_f1(&self) -> f64 {
        let (sum, rows) = self
            .rows
            .iter()
            .filter(|row| row.counts())
            .fold((0.0, 0_usize), |(sum, rows), row| (sum + row.f1(), rows + 1));
        if rows == 0 { 1.0 } else { sum / rows as f64 }
    }

    fn add(&mut self, kind: &'static str, gold: usize, found: usize, right: usize) {
        self.rows.push(Row { kind, gold, found, right });
    }

    fn miss(&mut self, kind: &'static str, message: String) {
        self.misses.push(Miss { kind, message });
    }

    /// Matches and counts entities that are compared by one text each, and reports those of the gold that are missing.
    fn by_text(&mut self, kind: &'static str, gold: &[String], found: &[String]) {
        let pairs = pair(gold, found, SAME);
        self.add(kind, gold.len(), found.len(), pairs.len());
        for text in unmatched(gold, pairs.iter().map(|pair| pair.gold)) {
            self.miss(kind, format!("missed {:?}", clipped(text, 90)));
        }
    }
}

/// Fills the running text of the gold's sessions in from the lines that the gold names.
pub fn fill_summaries(gold: &mut Value, source: &str) {
    let mut lines: Vec<String> = source.split('\n').map(str::to_owned).collect();
    // What a line of two labels holds besides its running text.
    for (number, head) in gold["not_body"].as_object().into_iter().flatten() {
        let line = number.parse::<usize>().ok().and_then(|number| lines.get_mut(number.checked_sub(1)?));
        if let (Some(line), Some(head)) = (line, head.as_str()) {
            *line = line.replacen(head.trim(), "", 1);
        }
    }
    for session in gold["sessions"].as_array_mut().into_iter().flatten() {
        let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
        let ranges: Vec<(usize, usize)> = list(session, "summary_lines")
            .iter()
            .filter_map(|range| number(&range[0]).zip(number(&range[1])))
            .collect();
        session["summary"] = paragraphs(&lines, &ranges).into();
    }
}

/// Scores the document of an edition. The gold holds its running text, either from the start or by [`fill_summaries`].
#[must_use]
pub fn score(gold: &Value, document: &Value) -> Score {
    let mut score = Score::default();
    let spare = strings(list(gold, "optional_sessions"));
    let sessions = Sessions {
        gold: list(gold, "sessions").iter().collect(),
        found: list(document, "sessions")
            .iter()
            .filter(|session| !spare.iter().any(|spare| sim(spare, text(session, "title")) >= OPTIONAL))
            .collect(),
    };
    edition(&mut score, &gold["edition"], &document["edition"]);
    sessions.score(&mut score);
    speakers(&mut score, gold, document);
    quotes(&mut score, gold, document, &sessions);
    takeaways(&mut score, gold, document);
    agenda(&mut score, gold, document);
    let both = |gold_key: &str, key: &str, told: fn(&Value) -> String| {
        let all = |value: &Value, key: &str| list(value, key).iter().map(told).collect::<Vec<_>>();
        (all(gold, gold_key), all(document, key))
    };
    for (kind, (gold, found)) in [
        (
            "figures",
            both("figures", "figures", |figure| format!("{} {}", shown(&figure["value"]), shown(&figure["label"]))),
        ),
        ("captions", both("captions", "captions", text_itself)),
        ("posts", both("social", "posts", |post| format!("{} {}", shown(&post["handle"]), shown(&post["text"])))),
        ("articles", both("articles", "articles", |article| text(article, "title").to_owned())),
        ("recommendations", both("recommendations", "recommendations", |item| text(item, "title").to_owned())),
        ("team", both("team", "team", |member| format!("{} {}", shown(&member["name"]), text(member, "role")))),
    ] {
        score.by_text(kind, &gold, &found);
    }
    score
}

/// Scores the document of an article that holds nothing but takeaways and who wrote them.
#[must_use]
pub fn score_takeaways(gold: &Value, document: &Value) -> Score {
    let mut score = Score::default();
    let titles = |value| list(value, "takeaways").iter().map(|one| text(one, "title").to_owned()).collect::<Vec<_>>();
    let (want, have) = (titles(gold), titles(document));
    let found = pair(&want, &have, SAME).len();
    score.add("takeaway titles", want.len(), have.len(), found);
    takeaways(&mut score, gold, document);
    let mut authors: Vec<String> = Vec::new();
    for author in list(document, "takeaways").iter().flat_map(|takeaway| strings(list(takeaway, "authors"))) {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    score.by_text("takeaway authors", &strings(list(gold, "authors")), &authors);
    score
}

fn edition(score: &mut Score, gold: &Value, found: &Value) {
    let keys: Vec<_> = EDITION_FIELDS.iter().filter(|key| !gold[**key].is_null()).collect();
    let mut right = 0;
    for key in &keys {
        let (want, have) = (shown(&gold[**key]), shown(&found[**key]));
        if sim(&want, &have) >= SAME {
            right += 1;
        } else {
            score.miss("edition", format!("{key}: want {want:?}, got {have:?}"));
        }
    }
    score.add("edition fields", keys.len(), keys.iter().filter(|key| !found[***key].is_null()).count(), right);
}

/// The sessions of both sides, without those that are neither asked for nor wrong.
struct Sessions<'a> {
    gold: Vec<&'a Value>,
    found: Vec<&'a Value>,
}

impl Sessions<'_> {
    fn score(&self, score: &mut Score) {
        let (gold, found) = (&self.gold, &self.found);
        let titles = |sessions: &[&Value]| sessions.iter().map(|one| text(one, "title").to_owned()).collect::<Vec<_>>();
        let (want, have) = (titles(gold), titles(found));
        let pairs = pair(&want, &have, SAME_SESSION);
        let right: Vec<_> = pairs.iter().filter(|pair| pair.sim >= SAME).map(|pair| pair.gold).collect();
        score.add("session titles", gold.len(), found.len(), right.len());
        for (at, title) in want.iter().enumerate().filter(|(at, _)| !right.contains(at)) {
            let nearest = pairs.iter().find(|pair| pair.gold == at).map(|pair| &have[pair.found]);
            let nearest = nearest.map_or_else(|| "none".to_owned(), |title| format!("{title:?}"));
            score.miss("session titles", format!("missed or wrong: {title:?} (nearest {nearest})"));
        }
        for title in unmatched(&have, pairs.iter().map(|pair| pair.found)) {
            score.miss("session titles", format!("spurious: {title:?}"));
        }

        let kind =
            |session| [text(session, "kind_label"), text(session, "kind")].into_iter().find(|kind| !kind.is_empty());
        let kinds = pairs
            .iter()
            .filter_map(|pair| Some((nonempty(text(gold[pair.gold], "kind"))?, kind(found[pair.found]).unwrap_or(""))))
            .filter(|(want, have)| sim(want, have) >= SAME)
            .count();
        let asked = gold.iter().filter(|one| !text(one, "kind").is_empty()).count();
        score.add("session kinds", asked, found.iter().filter(|one| kind(one).is_some()).count(), kinds);
        let in_order = pairs.len() == gold.len() && pairs.is_sorted_by_key(|pair| pair.found);
        score.add("session order", gold.len(), found.len(), if in_order { gold.len() } else { 0 });

        self.people(score, &pairs, "speakers", ["session speakers", "session speakers with credit"]);
        self.people(score, &pairs, "moderators", ["session moderators", "session moderators with credit"]);
        self.texts(score, &pairs);
    }

    /// The people of one role, by name, and of these the ones whose credit is right as well.
    fn people(&self, score: &mut Score, pairs: &[Pair], role: &str, [kind, with_credit]: [&'static str; 2]) {
        let count = |sessions: &[&Value]| -> usize { sessions.iter().map(|session| list(session, role).len()).sum() };
        let (gold, found) = (count(&self.gold), count(&self.found));
        let (mut right, mut credits) = (0, 0);
        for sessions in pairs {
            let session = self.gold[sessions.gold];
            let (people, others) = (list(session, role), list(self.found[sessions.found], role));
            let (want, have) = (names(people), names(others));
            let matched = pair(&want, &have, SAME);
            right += matched.len();
            for pair in &matched {
                let (want, have) = (text(&people[pair.gold], "credit"), text(&others[pair.found], "credit"));
                if sim(want, have) >= SAME {
                    credits += 1;
                } else {
                    let name = text(&people[pair.gold], "name");
                    score.miss(kind, format!("{name}: credit want {want:?}, got {have:?}"));
                }
            }
            let title = clipped(text(session, "title"), 40);
            for name in unmatched(&want, matched.iter().map(|pair| pair.gold)) {
                score.miss(kind, format!("{title:?}: missed {name:?}"));
            }
            for name in unmatched(&have, matched.iter().map(|pair| pair.found)) {
                score.miss(kind, format!("{title:?}: spurious {name:?}"));
            }
        }
        score.add(kind, gold, found, right);
        score.add(with_credit, gold, found, credits);
    }

    /// Summaries by their words, and conclusions wherever they stand.
    fn texts(&self, score: &mut Score, pairs: &[Pair]) {
        let (mut right, mut sum) = (0, 0.0);
        for pair in pairs {
            let (want, have) = (self.gold[pair.gold], self.found[pair.found]);
            let f1 = word_f1(&running(&want["summary"]), &running(&have["summary"]));
            sum += f1;
            if f1 >= SAME {
                right += 1;
            } else {
                score.miss("summaries", format!("{:?}: word F1 {f1:.3}", clipped(text(want, "title"), 50)));
            }
        }
        let summarised = self.found.iter().filter(|session| !running(&session["summary"]).is_empty()).count();
        score.add("summaries", self.gold.len(), summarised, right);
        score.summary_word_f1 = Some(sum / self.gold.len().max(1) as f64);
        let conclusions = |sessions: &[&Value]| -> Vec<String> {
            sessions.iter().flat_map(|session| list(session, "conclusions")).map(text_itself).collect()
        };
        let (want, have) = (conclusions(&self.gold), conclusions(&self.found));
        score.add("conclusions", want.len(), have.len(), pair(&want, &have, SAME).len());
    }
}

/// The speakers section. Whoever is credited in a session stands in the document's list too and is no mistake.
fn speakers(score: &mut Score, gold: &Value, document: &Value) {
    let (want, have) = (names(list(gold, "speakers")), names(list(document, "speakers")));
    let pairs = pair(&want, &have, SAME);
    for name in unmatched(&want, pairs.iter().map(|pair| pair.gold)) {
        score.miss("speakers", format!("missed {name:?}"));
    }
    let mut people: HashSet<String> = want.iter().map(|name| fold(name)).collect();
    for session in list(gold, "sessions") {
        let credited = ["speakers", "moderators"].into_iter().flat_map(|role| list(session, role));
        people.extend(credited.map(|person| fold(text(person, "name"))));
    }
    let mut spurious = 0;
    for name in unmatched(&have, pairs.iter().map(|pair| pair.found)).filter(|name| !people.contains(&fold(name))) {
        spurious += 1;
        score.miss("speakers", format!("spurious {name:?}"));
    }
    score.add("speakers", want.len(), pairs.len() + spurious, pairs.len());
}

fn quotes(score: &mut Score, gold: &Value, document: &Value, sessions: &Sessions<'_>) {
    let want = list(gold, "quotes");
    let is_pull = |quote: &&Value| quote.get("kind").is_none_or(|kind| kind == "pull");
    let have: Vec<&Value> = list(document, "quotes").iter().filter(is_pull).collect();
    let want_texts: Vec<String> = want.iter().map(|quote| text(quote, "text").to_owned()).collect();
    let have_texts: Vec<String> = have.iter().map(|quote| text(quote, "text").to_owned()).collect();
    let pairs = pair(&want_texts, &have_texts, SAME_QUOTE);
    score.add("quotes", want.len(), have.len(), pairs.iter().filter(|pair| pair.sim >= SAME).count());

    let speakers: HashMap<Option<&str>, &str> =
        list(document, "speakers").iter().map(|speaker| (speaker["id"].as_str(), text(speaker, "name"))).collect();
    let titles: HashMap<Option<&str>, &str> =
        sessions.found.iter().map(|session| (session["id"].as_str(), text(session, "title"))).collect();
    let (mut with_speaker, mut with_session) = (0, 0);
    for Pair { gold, found, sim: alike } in &pairs {
        let (gold, found) = (&want[*gold], have[*found]);
        let (quoted, exact) = (text(gold, "text"), *alike >= SAME);

        let named = speakers.get(&found["speaker"].as_str()).copied().unwrap_or("");
        let named = [named, text(found, "name"), text(found, "speaker")].into_iter().find(|name| !name.is_empty());
        let (want, have) = (text(gold, "speaker"), named.unwrap_or(""));
        if sim(want, have) < SAME {
            score.miss("quote speakers", format!("{:?}: want {want:?}, got {have:?}", clipped(quoted, 50)));
        } else if exact {
            with_speaker += 1;
        }

        let session = sessions.gold.iter().find(|session| session["key"] == gold["session"]);
        let want = session.map_or("", |session| text(session, "title"));
        let have = titles.get(&found["session"].as_str()).copied().unwrap_or("");
        if sim(want, have) < SAME {
            score.miss("quote sessions", format!("{:?}: want {want:?}, got {have:?}", clipped(quoted, 50)));
        } else if exact {
            with_session += 1;
        }
        if !exact {
            let (want, have) = (clipped(quoted, 80), clipped(text(found, "text"), 80));
            score.miss("quotes", format!("text differs ({alike:.2}): {want:?} / {have:?}"));
        }
    }
    for quote in unmatched(&want_texts, pairs.iter().map(|pair| pair.gold)) {
        score.miss("quotes", format!("missed {:?}", clipped(quote, 70)));
    }
    for quote in unmatched(&have_texts, pairs.iter().map(|pair| pair.found)) {
        score.miss("quotes", format!("spurious {:?}", clipped(quote, 70)));
    }
    score.add("quotes with speaker", want.len(), have.len(), with_speaker);
    score.add("quotes with session", want.len(), have.len(), with_session);
}

/// Takeaways whose title and body are right.
fn takeaways(score: &mut Score, gold: &Value, document: &Value) {
    let (want, have) = (list(gold, "takeaways"), list(document, "takeaways"));
    let titles = |all: &[Value]| all.iter().map(|one| text(one, "title").to_owned()).collect::<Vec<_>>();
    let (want_titles, have_titles) = (titles(want), titles(have));
    let pairs = pair(&want_titles, &have_titles, SAME);
    let mut right = 0;
    for pair in &pairs {
        let f1 = word_f1(&running(&want[pair.gold]["body"]), &running(&have[pair.found]["body"]));
        if f1 >= SAME {
            right += 1;
        } else {
            score.miss("takeaways", format!("{:?}: body word F1 {f1:.3}", clipped(&want_titles[pair.gold], 50)));
        }
    }
    for title in unmatched(&want_titles, pairs.iter().map(|pair| pair.gold)) {
        score.miss("takeaways", format!("missed {title:?}"));
    }
    score.add("takeaways", want.len(), have.len(), right);
}

/// Slots by date, times and title together.
fn agenda(score: &mut Score, gold: &Value, document: &Value) {
    let slots = |value| -> Vec<String> {
        let slot = |slot: &Value| {
            format!(
                "{} {} {} {}",
                shown(&slot["date"]),
                shown(&slot["start"]),
                shown(&slot["end"]),
                fold(text(slot, "title"))
            )
        };
        list(value, "agenda").iter().map(slot).collect()
    };
    let (want, have) = (slots(gold), slots(document));
    let pairs = pair(&want, &have, SAME);
    score.add("agenda slots", want.len(), have.len(), pairs.len());
    for slot in unmatched(&want, pairs.iter().map(|pair| pair.gold)) {
        score.miss("agenda", format!("missed {slot:?}"));
    }
}

/// An entity of the gold and its partner in the document, by their places.
#[derive(Clone, Debug, PartialEq)]
struct Pair {
    gold: usize,
    found: usize,
    sim: f64,
}

/// One-to-one partners, the most similar first, as long as they are at least `floor` alike; in the gold's order. Of
/// those that are equally alike, the last of the gold and then the last of the document come first.
fn pair(gold: &[String], found: &[String], floor: f64) -> Vec<Pair> {
    let folded = |texts: &[String]| -> Vec<(usize, String)> {
        texts.iter().map(|text| fold(text)).map(|text| (text.chars().count(), text)).collect()
    };
    let (wants, haves) = (folded(gold), folded(found));
    let mut candidates = Vec::new();
    for (gold, (want_length, want)) in wants.iter().enumerate() {
        for (found, (have_length, have)) in haves.iter().enumerate() {
            if ratio_bound(*want_length, *have_length) >= floor {
                let sim = folded_sim(want, have);
                if sim >= floor {
                    candidates.push(Pair { gold, found, sim });
                }
            }
        }
    }
    candidates.sort_by(|a, b| b.sim.total_cmp(&a.sim).then(b.gold.cmp(&a.gold)).then(b.found.cmp(&a.found)));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    candidates.retain(|pair| {
        let free = !used_gold[pair.gold] && !used_found[pair.found];
        if free {
            (used_gold[pair.gold], used_found[pair.found]) = (true, true);
        }
        free
    });
    candidates.sort_by_key(|pair| pair.gold);
    candidates
}

/// The texts whose places are not among `matched`.
fn unmatched(texts: &[String], matched: impl Iterator<Item = usize>) -> impl Iterator<Item = &String> {
    let matched: HashSet<usize> = matched.collect();
    texts.iter().enumerate().filter(move |(at, _)| !matched.contains(at)).map(|(_, text)| text)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

fn names(people: &[Value]) -> Vec<String> {
    people.iter().map(|person| text(person, "name").to_owned()).collect()
}

fn strings(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn nonempty(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// A text, or the `text` of an entity.
fn text_itself(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| text(value, "text")).to_owned()
}

/// Running text, whether it is one string or a list of paragraphs.
fn running(value: &Value) -> String {
    match value {
        Value::Array(paragraphs) => strings(paragraphs).join("\n\n"),
        value => value.as_str().unwrap_or("").to_owned(),
    }
}

/// A value as a word of its own: what is absent is `None`, and never equal to an empty text.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn clipped(text: &str, length: usize) -> &str {
    text.char_indices().nth(length).map_or(text, |(end, _)| &text[..end])
}
