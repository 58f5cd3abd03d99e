//! Sorting. All of it goes through one function, as the standard library's is some kilobytes of program for each type.

use std::cmp::Ordering;

/// The numbers up to `count`, in the order of what they stand for; equals keep theirs. Merges runs of twice the length each
/// time, so a million take twenty rounds.
pub fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        merge_runs(&mut order, &mut merged, run, compare);
        run *= 2;
    }
    order
}

/// One round of [`sorted`], for who cannot do all of them at once: numbers that stand in order for stretches of `run` do so for
/// stretches of twice that. `merged` is room for it, and empty.
pub fn merge_runs(
    order: &mut Vec<usize>,
    merged: &mut Vec<usize>,
    run: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) {
    for pair in order.chunks(run * 2) {
        let (mut left, mut right) = pair.split_at(run.min(pair.len()));
        while let ([first, rest @ ..], [other, others @ ..]) = (left, right) {
            let left_is_next = compare(*first, *other).is_le();
            merged.push(if left_is_next { *first } else { *other });
            (left, right) = if left_is_next { (rest, right) } else { (left, others) };
        }
        merged.extend_from_slice(left);
        merged.extend_from_slice(right);
    }
    std::mem::swap(order, merged);
    merged.clear();
}

/// The numbers up to `count`, in the order of their keys; equals keep theirs.
#[cfg(not(feature = "large"))]
pub fn by_key(count: usize, key: &dyn Fn(usize) -> u64) -> Vec<u32> {
    sorted(count, &|a, b| key(a).cmp(&key(b))).into_iter().map(|at| at as u32).collect()
}

/// The numbers up to `count`, in the order of their keys; equals keep theirs. Goes through the keys digit by digit, the lowest
/// first, and passes over digits that are the same in all, so a million take milliseconds. What is in order is left as it is.
#[cfg(feature = "large")]
pub fn by_key(count: usize, key: &dyn Fn(usize) -> u64) -> Vec<u32> {
    const BITS: u32 = 11;
    let digit = |key: u64, shift: u32| (key >> shift) as usize % (1 << BITS);
    let mut keyed: Vec<(u64, u32)> = (0..count).map(|at| (key(at), at as u32)).collect();
    let first = keyed.first().map_or(0, |(key, _)| *key);
    let is_sorted = keyed.is_sorted();
    let differ = |differ, (key, _): &(u64, u32)| differ | (key ^ first);
    let differ = if is_sorted { 0 } else { keyed.iter().fold(0, differ) };
    let mut sorted = if is_sorted { Vec::new() } else { keyed.clone() };
    for shift in (0..u64::BITS).step_by(BITS as usize).filter(|shift| digit(differ, *shift) != 0) {
        let mut places = vec![0; 1 << BITS];
        for (key, _) in &keyed {
            places[digit(*key, shift)] += 1;
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for pair in &keyed {
            let place = &mut places[digit(pair.0, shift)];
            sorted[*place] = *pair;
            *place += 1;
        }
        std::mem::swap(&mut keyed, &mut sorted);
    }
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// A key for [`by_key`] that goes up with the number.
pub fn key_of(number: i64) -> u64 {
    number as u64 ^ (1 << 63)
}

/// Sorts in place; equals keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(items.len(), &|a, b| compare(&items[a], &items[b]));
    permute(order, &mut |a, b| items.swap(a, b));
}

/// Brings things into an order by swapping two at a time.
fn permute(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for first in 0..order.len() {
        // Each item of a cycle of the permutation changes places with the one that belongs where it is.
        let mut at = first;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == first {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_sort_as_the_standard_library(numbers in proptest::collection::vec(prop_oneof![-9_i64..9, any::<i64>()], 0..60)) {
            let mut expected: Vec<u32> = (0..numbers.len() as u32).collect();
            expected.sort_by_key(|at| numbers[*at as usize]);
            prop_assert_eq!(by_key(numbers.len(), &|at| key_of(numbers[at])), expected);
        }

        #[test]
        fn sorts_as_the_standard_library(mut items: Vec<(u8, u8)>) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by(&mut items, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(items, expected);
        }
    }
}
