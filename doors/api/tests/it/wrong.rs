//! Calls that go wrong.
