//! Lamps (红黄绿灯): how a clock looks on a given day.

use kernel::coded;

coded! {
    /// What a clock shows. Every lamp has a word and a shape, not only a colour.
    Lamp in "lamp" {
        /// More than a fifth of the limit or more than two working days left.
        Green = "green",
        /// No more than that, up to and including the due day.
        Yellow = "yellow",
        /// Past the due day.
        Red = "red",
        /// The clock stands: the applicant's turn, another case's, or a special procedure's.
        Stopped = "stopped",
        /// Nothing is due any more.
        Done = "done",
        /// The calendar ends before the due day and today is past its end: cannot tell.
        Unknown = "unknown",
    }
}
