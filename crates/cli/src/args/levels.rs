use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use rapporteur_diagnostics::{Level, Selector};

use super::known::Known;
use crate::rules;

/// `--allow`, `--warn` and `--deny`, in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct LevelOptions(pub(crate) Vec<(Selector, Level)>);

impl FromArgMatches for LevelOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = Level::ALL.into_iter().flat_map(|level| {
            let places = matches.indices_of(level.as_str()).into_iter().flatten();
            let selectors = matches.get_many::<Selector>(level.as_str()).into_iter().flatten();
            places.zip(selectors).map(move |(place, &selector)| (place, selector, level))
        });
        let mut given: Vec<_> = given.collect();
        given.sort_by_key(|(place, ..)| *place);
        Ok(Self(given.into_iter().map(|(_, selector, level)| (selector, level)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelOptions {
    fn augment_args(command: Command) -> Command {
        Level::ALL.into_iter().fold(command, |command, level| {
            let help = match level {
                Level::Allow => "Do not tell findings of a code or an area: `person/misspelt`, `person`",
                Level::Warn => "Take findings of a code or an area for warnings",
                Level::Deny => "Take findings of a code or an area for errors; `warnings` are all warnings",
            };
            let long = match level {
                Level::Allow => format!("{help}. What was given last wins, and the command line over rapporteur.toml"),
                _ => help.to_owned(),
            };
            let arg = Arg::new(level.as_str()).long(level.as_str()).value_name("CODE").action(ArgAction::Append);
            let arg = arg.value_parser(selector(level)).hide_possible_values(true);
            command.arg(arg.help(help).long_help(long))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// A code or an area; for `--deny` also all warnings.
fn selector(level: Level) -> impl TypedValueParser<Value = Selector> {
    let mut names = rules::names();
    names.extend((level == Level::Deny).then_some(WARNINGS));
    Known(names.into_iter().map(PossibleValue::new).collect()).try_map(|name| match name.as_str() {
        WARNINGS => Ok(Selector::Warnings),
        name => Selector::named(name, rules()).ok_or("there is no such code"),
    })
}

/// All findings that are warnings.
const WARNINGS: &str = "warnings";
