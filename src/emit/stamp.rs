//! Stamps for a history in order: those that there are stay wherever the order allows it.

use super::name::{NewName, Told};

/// The stamp of the first migration where none has one: 2010-01-01, in milliseconds since 1970.
const START: i64 = 1_262_304_000_000;

/// The finest step between two stamps that a target can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 14 digits.
    Second,
    /// 13 digits.
    Millisecond,
}

impl Unit {
    fn milliseconds(self) -> i64 {
        match self {
            Unit::Second => 1000,
            Unit::Millisecond => 1,
        }
    }
}

/// New names in the same order, each with a stamp greater than the one before. As many stamps as can be stay as they are;
/// the others are put between them.
pub fn names(told: &[Told], unit: Unit) -> Vec<NewName> {
    let step = unit.milliseconds();
    // Less its place, a stamp leaves room for those between it and any other that is kept.
    let keys = told.iter().zip(0_i64..).map(|(told, place)| Some(told.moment?.div_euclid(step) - place));
    let kept = longest(&keys.collect::<Vec<_>>());
    let first = kept.first().and_then(|at| Some((*at, told.get(*at)?.moment?.div_euclid(step))));
    let mut last = match first {
        Some((at, moment)) => moment - i64::try_from(at).unwrap_or(0) - 1,
        None => START / step - 1,
    };
    let mut kept = kept.into_iter().peekable();
    let name = |(at, one): (usize, &Told)| {
        let own = one.moment.map(|moment| moment.div_euclid(step)).filter(|_| kept.next_if_eq(&at).is_some());
        last = own.unwrap_or(last + 1);
        // What cannot be told finer than a second keeps what it says of it.
        let moment = match one.moment {
            Some(moment) if moment.div_euclid(step) == last => moment,
            _ => last * step,
        };
        NewName { moment, slug: one.slug.clone() }
    };
    told.iter().enumerate().map(name).collect()
}

/// The places of the longest part of a list that does not go down, of several the one that begins first; `None` is in no
/// part.
fn longest(keys: &[Option<i64>]) -> Vec<usize> {
    // For each length, counted from the end, the place of the greatest first key.
    let mut starts: Vec<(i64, usize)> = Vec::new();
    let mut behind: Vec<Option<usize>> = vec![None; keys.len()];
    for (at, key) in keys.iter().enumerate().rev() {
        let Some(key) = *key else { continue };
        let length = starts.partition_point(|(start, _)| *start >= key);
        if let Some(slot) = behind.get_mut(at) {
            *slot = length.checked_sub(1).and_then(|shorter| starts.get(shorter)).map(|(_, place)| *place);
        }
        match starts.get_mut(length) {
            Some(start) => *start = (key, at),
            None => starts.push((key, at)),
        }
    }
    let mut places = Vec::with_capacity(starts.len());
    let mut at = starts.last().map(|(_, place)| *place);
    while let Some(place) = at {
        places.push(place);
        at = behind.get(place).copied().flatten();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamps(moments: &[i64], unit: Unit) -> Vec<i64> {
        let told: Vec<Told> = moments
            .iter()
            .map(|moment| Told { moment: Some(*moment).filter(|moment| *moment > 0), slug: "a".into() })
            .collect();
        names(&told, unit).into_iter().map(|name| name.moment).collect()
    }

    #[test]
    fn stamps_stay_where_the_order_allows_it() {
        let unit = Unit::Millisecond;
        assert_eq!(stamps(&[1000, 2000, 3000], unit), [1000, 2000, 3000]);
        assert_eq!(stamps(&[1000, 9000, 2000, 3000], unit), [1000, 1001, 2000, 3000]);
        assert_eq!(stamps(&[1000, 1000, 1000, 1001], unit), [998, 999, 1000, 1001]);
        assert_eq!(stamps(&[0, 0, 5000, 0], unit), [4998, 4999, 5000, 5001]);
        assert_eq!(stamps(&[0, 0], unit), [START, START + 1]);
        assert_eq!(stamps(&[], unit), Vec::<i64>::new());
    }

    #[test]
    fn seconds_are_told_apart() {
        assert_eq!(stamps(&[5_000_001, 5_000_002, 5_002_000], Unit::Second), [5_000_001, 5_001_000, 5_002_000]);
    }

    #[test]
    fn every_order_stays_strict() {
        let moments: Vec<i64> = (0..400).map(|n: i64| (n * 7919) % 211 * 1000).collect();
        for unit in [Unit::Second, Unit::Millisecond] {
            let stamps = stamps(&moments, unit);
            let step = unit.milliseconds();
            assert!(stamps.windows(2).all(|pair| pair[0].div_euclid(step) < pair[1].div_euclid(step)));
        }
    }
}
