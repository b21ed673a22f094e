//! The likeliest way to take a braid apart.
//!
//! A search word by word: each word goes on in one of the threads that are open, opens one, or is a part of the name
//! under one that has ended. What counts is how the words at the breaks follow each other elsewhere in the text, how full
//! the lines of a thread are, and how evenly they alternate with those of the others.

use rapporteur_source::fold;
use rustc_hash::FxHashSet;

use super::Strand;
use super::words::{Names, Words, is_pause};
use crate::{
    context::Context,
    layout::weave::{
        pairs::Pairs,
        text::{NO_TOKEN, Token},
    },
};

/// So many ways are kept from word to word.
const BEAM: usize = 60;
/// So many boxes overlap at one height.
const THREADS: usize = 3;
/// No office below a name has more words.
const OFFICE: u8 = 12;

/// What it costs to open a thread beside another one,
const BESIDE: f32 = -4.0;
/// or below one.
const BELOW: f32 = -1.0;
/// What it costs to open one with a word that is always written with a capital.
const RARE: f32 = -0.7;
/// What it costs to take a line apart that is no wider than the column,
const CUT: f32 = -4.0;
/// or one that is wider,
const CUT_WIDE: f32 = -0.7;
/// and so much of what speaks for it that its words follow each other.
const WITHIN: f32 = -0.7;
/// What it costs that a line is narrower than it could be: the next word is wider than what is left by so much of the
/// column, and by more.
const NARROWER: (u16, f32, f32) = (10, -1.0, -4.0);
/// What it costs to end in mid-sentence,
const UNENDED: f32 = -6.0;
/// to have no name,
const NAMELESS: f32 = -1.5;
/// or a part of one only.
const PART_OF_NAME: f32 = -8.0;
/// What speaks for a name in its place.
const NAME: f32 = 4.0;
/// A word of no known office below a name.
const UNKNOWN_OFFICE: f32 = -1.0;

/// What a thread is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Free,
    Text,
    /// The name of a person, of which these words are still to come.
    Name(u32, u16),
    /// The office of a person, so many words of it.
    Office(u32, u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Thread {
    stage: Stage,
    /// Its last word.
    last: u32,
    /// How wide that line is, in characters.
    width: u16,
    /// At which height it stands, in halves of a line.
    height: i16,
    /// The number of the thread.
    number: u16,
}

const FREE: Thread = Thread { stage: Stage::Free, last: NO_TOKEN, width: 0, height: 0, number: 0 };

#[derive(Clone, Copy, Debug)]
struct State {
    score: f32,
    threads: [Thread; THREADS],
    /// The height of the lowest line so far.
    lowest: i16,
    /// The thread of the last word.
    current: usize,
    /// So many threads were opened.
    opened: u16,
    step: u32,
}

/// Where a word was put.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: u32,
    atom: u32,
    thread: u16,
    /// Whether it is text, and no name.
    text: bool,
}

pub(super) struct Search<'w, 't> {
    words: &'w Words<'t>,
    pairs: &'w Pairs<'t>,
    names: &'w Names,
    /// How wide the column is, in characters.
    width: u16,
    context: &'w Context<'t>,
    /// The words, folded.
    folded: Vec<String>,
    /// What speaks for each word after each other, once that is known.
    links: Vec<f32>,
    /// Whether threads may overlap.
    braided: bool,
    steps: Vec<Step>,
}

impl<'w, 't> Search<'w, 't> {
    pub(super) fn new(
        words: &'w Words<'t>,
        pairs: &'w Pairs<'t>,
        names: &'w Names,
        width: usize,
        context: &'w Context<'t>,
    ) -> Self {
        let count = words.atoms.len();
        Self {
            words,
            pairs,
            names,
            width: width as u16,
            context,
            folded: words.atoms.iter().map(|atom| fold(atom.token.word)).collect(),
            links: vec![f32::NAN; count * count],
            braided: true,
            steps: Vec::new(),
        }
    }

    /// The words thread by thread, if that is likely, and by so much likelier than as they stand.
    pub(super) fn run(mut self, worth: f32) -> Option<Vec<Strand>> {
        let braid = self.best()?;
        let strands = self.strands(braid.step);
        self.braided = false;
        self.steps.clear();
        let straight = self.best().map_or(f32::MIN, |state| state.score);
        (braid.score >= (straight + worth).max(0.0)).then_some(strands)
    }

    fn best(&mut self) -> Option<State> {
        let start = State { score: 0.0, threads: [FREE; THREADS], lowest: 0, current: 0, opened: 0, step: NO_TOKEN };
        let mut beam = vec![start];
        for atom in 0..self.words.atoms.len() as u32 {
            let mut next = Vec::new();
            beam.iter().for_each(|state| self.place(state, atom, &mut next));
            next.sort_unstable_by(|one, other| other.score.total_cmp(&one.score));
            let mut seen = FxHashSet::default();
            next.retain(|state| seen.len() < BEAM && seen.insert(key(state)));
            beam = next;
        }
        beam.iter_mut()
            .for_each(|state| state.score += state.threads.iter().map(|thread| self.end(thread)).sum::<f32>());
        beam.into_iter().max_by(|one, other| one.score.total_cmp(&other.score))
    }

    /// What it costs that a thread ends where it is.
    fn end(&self, thread: &Thread) -> f32 {
        match thread.stage {
            Stage::Free => 0.0,
            Stage::Text if self.may_end(thread) => NAMELESS,
            Stage::Text => NAMELESS + UNENDED,
            Stage::Name(_, 0) | Stage::Office(..) => 0.0,
            Stage::Name(..) => PART_OF_NAME,
        }
    }

    fn token(&self, atom: u32) -> &Token<'t> {
        &self.words.atoms[atom as usize].token
    }

    fn names_with(&self, atom: u32) -> &'w [(u32, u16)] {
        self.names.with(&self.folded[atom as usize])
    }

    fn may_end(&self, thread: &Thread) -> bool {
        thread.last == NO_TOKEN || self.token(thread.last).stop
    }

    /// Puts a word wherever it may go.
    fn place(&mut self, state: &State, atom: u32, after: &mut Vec<State>) {
        let words = self.words;
        let found = &words.atoms[atom as usize];
        let token = &found.token;
        let upper = token.word.starts_with(char::is_uppercase) || token.opens;
        for at in 0..THREADS {
            let thread = state.threads[at];
            let elsewhere = state.opened > 0 && at != state.current;
            let cut = if elsewhere { self.cut(atom) } else { 0.0 };
            match thread.stage {
                Stage::Text if self.braided || !elsewhere => {
                    self.go_on(state, at, atom, cut, after);
                    if self.may_end(&thread) {
                        self.name(state, at, atom, cut, after);
                    }
                }
                Stage::Text if self.may_end(&thread) => self.name(state, at, atom, cut, after),
                Stage::Name(person, left) if left > 0 => {
                    for &(_, bit) in
                        self.names_with(atom).iter().filter(|(other, bit)| *other == person && left & bit != 0)
                    {
                        let left = left & !bit;
                        let score = cut + if left == 0 { NAME } else { 0.0 };
                        let stage = Stage::Name(person, left);
                        self.push(state, at, Thread { stage, ..thread }, atom, score, after);
                    }
                }
                Stage::Name(person, _) | Stage::Office(person, _) => {
                    let words = if let Stage::Office(_, words) = thread.stage { words } else { 0 };
                    let known = self.names.is_office(person, &self.folded[atom as usize]);
                    let goes_on = !found.first && thread.last + 1 == atom;
                    if words < OFFICE && (known && (upper || goes_on) || found.titled && (found.first || goes_on)) {
                        let score = cut + if known { 0.0 } else { UNKNOWN_OFFICE };
                        let stage = Stage::Office(person, words + 1);
                        self.push(state, at, Thread { stage, ..thread }, atom, score, after);
                    }
                }
                _ => {}
            }
        }
        let cut = if state.opened > 0 { self.cut(atom) } else { 0.0 };
        self.open(state, atom, cut, upper, after);
    }

    /// What it costs to take a line apart before a word.
    fn cut(&mut self, atom: u32) -> f32 {
        let found = &self.words.atoms[atom as usize];
        if found.first {
            return 0.0;
        }
        let wide = usize::from(found.line) > usize::from(self.width) + 1;
        WITHIN * self.link(atom - 1, atom).max(0.0) + if wide { CUT_WIDE } else { CUT }
    }

    /// The word goes on with the text of a thread, on its line or on the next one.
    fn go_on(&mut self, state: &State, at: usize, atom: u32, cut: f32, after: &mut Vec<State>) {
        let thread = state.threads[at];
        let found = &self.words.atoms[atom as usize];
        let width = thread.width + 1 + found.chars;
        if !found.first && thread.last + 1 == atom {
            let over = f32::from(width.saturating_sub(self.width));
            self.push(state, at, Thread { last: atom, width, ..thread }, atom, cut - over, after);
        } else if self.words.atoms[thread.last as usize].piece != found.piece {
            // what is left of the line before would have held the word
            let (share, little, much) = NARROWER;
            let filled = match self.width.checked_sub(width) {
                None => 0.5,
                Some(room) if room * share <= self.width => little,
                Some(_) => much,
            };
            let line = Thread { last: atom, width: found.chars, height: thread.height + 2, ..thread };
            let score = cut + self.link(thread.last, atom) + filled;
            self.push(state, at, line, atom, score, after);
        }
    }

    /// The word begins the name below a thread.
    fn name(&mut self, state: &State, at: usize, atom: u32, cut: f32, after: &mut Vec<State>) {
        let thread = state.threads[at];
        // the names stand in the order in which the threads end
        let waiting = state.threads.iter().filter(|other| other.stage == Stage::Text && self.may_end(other));
        let turn = waiting.map(|other| other.height).min().is_none_or(|height| height >= thread.height);
        let score = cut + if turn { 0.0 } else { -1.0 };
        for &(person, bit) in self.names_with(atom) {
            let stage = Stage::Name(person, self.names.whole(person) & !bit);
            self.push(state, at, Thread { stage, ..thread }, atom, score, after);
        }
    }

    /// The word opens a thread, or is a name that belongs to what stands before.
    fn open(&mut self, state: &State, atom: u32, cut: f32, upper: bool, after: &mut Vec<State>) {
        let is_open = |thread: &&Thread| thread.stage == Stage::Text && !self.may_end(thread);
        let open = state.threads.iter().filter(is_open).count();
        if open > 0 && !self.braided {
            return;
        }
        // a thread that has its name, or one that gets none, makes room
        let room = |thread: &Thread| match thread.stage {
            Stage::Free => Some(0),
            Stage::Name(_, 0) | Stage::Office(..) => Some(1),
            Stage::Text if self.may_end(thread) => Some(2),
            _ => None,
        };
        let slots = state.threads.iter().enumerate();
        let slot = slots.filter_map(|(at, thread)| Some((room(thread)?, thread.height, at))).min();
        let Some((_, _, at)) = slot else { return };
        let found = &self.words.atoms[atom as usize];
        let waiting = state.threads.iter().filter(|thread| thread.stage == Stage::Text).count();
        let score = cut + self.end(&state.threads[at]) + if open > 0 { BESIDE } else { BELOW };
        let height = state.lowest + if waiting > 0 { 1 } else { 2 };
        let thread = Thread { stage: Stage::Text, last: atom, width: found.chars, height, number: state.opened };
        let opened = State { opened: state.opened + 1, ..*state };
        let low = match upper {
            false => -4.0,
            true if self.pairs.is_common(found.token.word) => 0.0,
            true => RARE,
        };
        if upper || state.opened == 0 {
            self.push(&opened, at, thread, atom, score + low, after);
        }
        if state.opened == 0 || waiting == 0 {
            for &(person, bit) in self.names_with(atom) {
                let stage = Stage::Name(person, self.names.whole(person) & !bit);
                let thread = Thread { stage, ..thread };
                self.push(&opened, at, thread, atom, score, after);
            }
        }
    }

    fn push(&mut self, state: &State, at: usize, thread: Thread, atom: u32, score: f32, after: &mut Vec<State>) {
        let mut next = *state;
        let is_text = thread.stage == Stage::Text;
        let mut thread = thread;
        if is_text {
            // words of rows that an extractor took for one may come in any order
            let mixed = self.words.atoms[atom as usize].line > self.width + 1;
            let late = f32::from((state.lowest - thread.height).max(0));
            next.score -= if mixed { 0.1 * late.min(1.0) + 1.2 * (late - 1.0).max(0.0) } else { 2.0 * late };
            next.lowest = state.lowest.max(thread.height);
        } else {
            thread.last = atom;
        }
        next.score += score;
        next.threads[at] = thread;
        next.current = at;
        next.step = self.steps.len() as u32;
        self.steps.push(Step { before: state.step, atom, thread: thread.number, text: is_text });
        after.push(next);
    }

    /// What speaks for it that one word follows another over a break.
    fn link(&mut self, before: u32, after: u32) -> f32 {
        if before == NO_TOKEN {
            return 0.0;
        }
        let place = before as usize * self.words.atoms.len() + after as usize;
        if self.links[place].is_nan() {
            self.links[place] = self.likelihood(before, after);
        }
        self.links[place]
    }

    fn likelihood(&self, before: u32, after: u32) -> f32 {
        let (before, after) = (self.token(before), self.token(after));
        let pair = self.pairs.between(before, after).clamp(-3.0, 4.0);
        let upper = after.text.starts_with(char::is_uppercase);
        let form = match before.stop {
            _ if is_pause(before.text) => return pair.max(-0.5),
            true if after.low => -5.0,
            false if upper => match (self.context.is_proper(after.word), self.pairs.is_common(after.word)) {
                (true, false) => 0.0,
                // a name that is a word as well
                (true, true) => -0.7,
                (false, true) => -4.0,
                (false, false) => -1.5,
            },
            _ => 0.0,
        };
        pair + form
    }

    /// The words in the order of their threads.
    fn strands(&self, last: u32) -> Vec<Strand> {
        let mut steps = Vec::new();
        let mut at = last;
        while at != NO_TOKEN {
            let step = self.steps[at as usize];
            steps.push(step);
            at = step.before;
        }
        let mut threads: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        for step in steps.iter().rev() {
            let number = usize::from(step.thread);
            if threads.len() <= number {
                threads.resize_with(number + 1, Default::default);
            }
            let (text, name) = &mut threads[number];
            if step.text { text.push(step.atom) } else { name.push(step.atom) }
        }
        let mut strands: Vec<Strand> = Vec::new();
        for (text, name) in threads {
            for (index, atom) in text.into_iter().chain(name).enumerate() {
                let found = &self.words.atoms[atom as usize];
                let gap = index == 0;
                match strands.last_mut().filter(|_| !gap) {
                    Some(strand) if strand.piece == found.piece && strand.range.end + 1 == found.range.start => {
                        strand.range.end = found.range.end;
                    }
                    _ => strands.push(Strand { piece: found.piece, range: found.range.clone(), gap }),
                }
            }
        }
        strands
    }
}

/// What makes two states alike: what comes next costs both the same.
fn key(state: &State) -> ([Thread; THREADS], usize) {
    let relative = |thread: Thread| Thread { height: state.lowest - thread.height, number: 0, ..thread };
    (state.threads.map(relative), state.current)
}
