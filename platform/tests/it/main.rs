//! The platform on both engines. One binary, one file a subject.

mod backup;
mod blobs;
mod counter;
mod days;
mod export;
mod ground;
mod journal;
mod migrate;
mod outage;
mod queue;
mod request_key;
mod roots;
mod sealed;
mod sealed_files;
mod tampering;
mod write;
