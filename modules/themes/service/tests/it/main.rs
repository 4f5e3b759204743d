//! The resident's way over the real sample district, in process.

mod browser;
mod drafts;
mod explore;
mod house;
mod markup;
mod reduction;
mod search;
mod sought;
mod tabs;
mod uploads;
mod way;
mod window;
mod words;
