//! The words everyone shares: codes, regions, days, money, refusals.
//!
//! Floor 0 of the house. Nothing here knows a database, a page, a clock or a person's session;
//! every function answers from its arguments alone. Read in this order:
//!
//! 1. [`id`]: one type per thing that has a row, so that a case can never be handed in as an application
//! 2. [`codes`]: the nation's identifiers and their check digits
//! 3. [`day`], [`calendar`], [`limit`]: civil dates, working days, and how long the law allows
//! 4. [`money`], [`mask`]: fen, and what of a name or telephone number may be seen
//! 5. [`coded!`]: a closed vocabulary by its codes; [`value`]: what a form holds and a condition reads
//! 6. [`refusal`]: how the rules say no

mod coded;

pub mod id;

pub mod codes;

pub mod day;

pub mod calendar;

pub mod limit;

pub mod money;

pub mod mask;

pub mod value;

pub mod refusal;
