/// How alike two words are, at least, for one to be taken for the other misspelt; 1 is the same.
const ALIKE: f64 = 0.8;

/// The one of `known` that `name` may have been meant for.
///
/// ```
/// use rapporteur_diagnostics::nearest;
///
/// assert_eq!(nearest("tittle", ["kind", "title"]), Some("title"));
/// assert_eq!(nearest("rope", ["kind", "title"]), None);
/// ```
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let alike = known.into_iter().map(|known| (strsim::jaro_winkler(name, known), known));
    let nearest = alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|(one, _), (other, _)| one.total_cmp(other));
    nearest.map(|(_, known)| known)
}
