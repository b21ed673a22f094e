use rapporteur_model::{Versions, slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the schema of [`Register`]. A change of its types raises it: [`Versions`].
pub const SCHEMA_VERSION: &str = "1.0.0";

/// The versions of that schema.
pub const VERSIONS: Versions =
    Versions { name: "people", older: &[], today: SCHEMA_VERSION, schema: Register::json_schema };

/// Who took part in the editions of a conference: one entry a person, with the names as they are printed and the offices
/// that go with each edition.
///
/// Editions are in the order of their days, people in that of their ids, and what is printed of a person in that of the
/// editions. What is absent is `null` or an empty array, never a missing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Address of the JSON Schema that the register follows.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Version of that schema, as `major.minor.patch`.
    pub schema_version: String,
    /// The editions whose documents were read.
    pub editions: Vec<RegisteredEdition>,
    /// The people.
    pub people: Vec<Person>,
    /// What was decided about names that are near to each other, in the order in which it was.
    pub decisions: Vec<Decision>,
    /// Ids that are no person's any more, and whose they are.
    pub redirects: Vec<Redirect>,
}

/// An edition whose document was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisteredEdition {
    /// The id of the edition.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The first day, as `YYYY-MM-DD`.
    pub start_date: Option<String>,
    /// The last day, as `YYYY-MM-DD`.
    pub end_date: Option<String>,
    /// The path of the document, as given when it was read.
    pub document: String,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The slug of the name; it stays when editions are added.
    pub id: String,
    /// The name, without honorific, in the spelling that is printed most.
    pub name: String,
    /// The name as it is printed, once for each place.
    pub names: Vec<PrintedName>,
    /// The offices as they are printed, once for each edition.
    pub offices: Vec<Office>,
}

/// A name as it is printed in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedName {
    /// The name, without honorific.
    pub name: String,
    /// The honorific that is printed with it.
    pub honorific: Option<String>,
    /// The id of the edition.
    pub edition: String,
    /// The first day of the edition, as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the person does there.
    pub role: Role,
    /// The id of the entity that names the person there: a session, a quote, a takeaway.
    pub entity: String,
    /// The id that the document has for the person.
    pub speaker: String,
}

/// What somebody does in the place where the name is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Is in the document's list of speakers, in this spelling.
    Listed,
    /// Is in the document's list of speakers, and spelt so somewhere in the report.
    Variant,
    /// Is on stage in a session.
    Speaker,
    /// Moderates a session.
    Moderator,
    /// Said what is quoted.
    Quoted,
    /// Wrote an article or the takeaways.
    Author,
    /// Belongs to the staff.
    Team,
}

/// An office as it is printed in one edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Everything that is printed after the name.
    pub credit: String,
    /// The office. Where the parts of the credit cannot be told apart, all of it.
    pub office: Option<String>,
    /// The organisation, with its unit.
    pub organisation: Option<String>,
    /// The state, where it is printed as a part of its own.
    pub country: Option<String>,
    /// The ISO 3166-1 alpha-2 code of that state.
    pub country_code: Option<String>,
    /// The id of the edition.
    pub edition: String,
    /// The first day of the edition, as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The id that the document has for the person.
    pub speaker: String,
}

/// What somebody decided about people with names that are near to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Whether they are one.
    pub kind: DecisionKind,
    /// Their ids, two or more. Of people who are one, the first id is kept.
    pub ids: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: Option<String>,
    /// When, as `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// Whether people are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// They are one person.
    Same,
    /// They are different people.
    Different,
}

/// An id that is no person's any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// The id that was.
    pub from: String,
    /// The id of the person whose it is.
    pub to: String,
}

impl Default for Register {
    /// A register of nobody.
    fn default() -> Self {
        Self {
            schema: VERSIONS.id(SCHEMA_VERSION),
            schema_version: SCHEMA_VERSION.to_owned(),
            editions: Vec::new(),
            people: Vec::new(),
            decisions: Vec::new(),
            redirects: Vec::new(),
        }
    }
}

impl Register {
    /// The JSON Schema of a register.
    #[must_use]
    pub fn json_schema() -> Value {
        rapporteur_model::schema_of::<Self>(&VERSIONS.id(SCHEMA_VERSION), "rapporteur people")
    }

    /// The person whose id this is, or was.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        let redirect = self.redirects.iter().find(|redirect| redirect.from == id);
        let id = redirect.map_or(id, |redirect| &redirect.to);
        self.people.iter().find(|person| person.id == id)
    }

    /// How many people took part in more than one edition.
    #[must_use]
    pub fn recurring(&self) -> usize {
        self.people.iter().filter(|person| person.editions().len() > 1).count()
    }
}

impl Person {
    /// The ids of the editions that name the person, in their order.
    #[must_use]
    pub fn editions(&self) -> Vec<&str> {
        let mut editions: Vec<&str> = self.names.iter().map(|name| name.edition.as_str()).collect();
        editions.dedup();
        editions
    }

    /// The spellings of the name, in the order in which they are printed.
    #[must_use]
    pub fn spellings(&self) -> Vec<&str> {
        let mut spellings: Vec<&str> = Vec::new();
        for printed in &self.names {
            if !spellings.contains(&printed.name.as_str()) {
                spellings.push(&printed.name);
            }
        }
        spellings
    }
}

/// What is the same for all names that are one: the letters and digits of a name in lower-case ASCII.
pub(crate) fn key(name: &str) -> String {
    slug(name).replace('-', "")
}

/// The id of somebody of this name; a name without letters has one too.
pub(crate) fn id_of(name: &str) -> String {
    Some(slug(name)).filter(|id| !id.is_empty()).unwrap_or_else(|| "unnamed".to_owned())
}
