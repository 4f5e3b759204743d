//! Dates, numbers and money in words, as the hall says them. Civil days are handed in; nothing here reads a clock.

mod dates;
mod numbers;

pub use dates::{ago, before, day, day_short, days_left, moment, span, weekday};
pub use numbers::{bytes, clip, count, decimal, money, percent, width};

// Masks live in the kernel, beside the codes they hide; pages reach them here with the other words.
pub use kernel::mask::{mask_name, mask_phone};
