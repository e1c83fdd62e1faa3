//! Putting up to 256 fields in order.

use core::cmp::Ordering;
use core::mem;

/// Sorts by binary insertion; what is equal stays as it was.
///
/// The library's sort can panic, on an order that contradicts itself. This one cannot, and its
/// work is bounded whatever the texts are: each is compared with at most eight before it, so all
/// compares together read no more than the texts' length eight times from either side.
pub(crate) fn sort(order: &mut [u8], compare: impl Fn(u8, u8) -> Ordering) {
    for sorted in 1..order.len() {
        if let Some((before, [new, ..])) = order.split_at_mut_checked(sorted) {
            let at = before.partition_point(|old| compare(*old, *new).is_le());
            before.iter_mut().skip(at).for_each(|later| mem::swap(later, new));
        }
    }
}
