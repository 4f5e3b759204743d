//! One act, one file.

mod publish;

pub use publish::{Published, publish, publish_over};
