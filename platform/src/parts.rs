//! Parts of the world: one value of each type, installed at the start by the module it belongs to.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// One value a type. Modules install what they keep in memory; others ask for it by its type.
#[derive(Default)]
pub struct Parts(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Parts {
    /// Installs a part, or puts a newer one in its place; who holds the old one keeps it.
    pub fn install<T: Send + Sync + 'static>(&self, part: T) {
        let mut parts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        parts.insert(TypeId::of::<T>(), Arc::new(part));
    }

    /// The part of this type; installs the given one where there is none yet. Two who ask at once get the same.
    pub fn get_or_install<T: Send + Sync + 'static>(&self, first: impl FnOnce() -> T) -> Arc<T> {
        if let Some(known) = self.get() {
            return known;
        }
        let mut parts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let known = parts.get(&TypeId::of::<T>()).cloned().and_then(|part| part.downcast().ok());
        known.unwrap_or_else(|| {
            let fresh = Arc::new(first());
            parts.insert(TypeId::of::<T>(), fresh.clone());
            fresh
        })
    }

    /// The part of this type, if it was installed.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let parts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        parts.get(&TypeId::of::<T>()).cloned().and_then(|part| part.downcast().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_part_takes_the_place_of_the_older() {
        let parts = Parts::default();
        assert!(parts.get::<u32>().is_none());
        parts.install(1_u32);
        let held = parts.get::<u32>().unwrap();
        parts.install(2_u32);
        assert_eq!((*held, *parts.get::<u32>().unwrap()), (1, 2));
    }

    #[test]
    fn a_part_made_when_first_asked_for_is_made_once() {
        let parts = Parts::default();
        assert_eq!(*parts.get_or_install(|| 1_u32), 1);
        assert_eq!(*parts.get_or_install(|| 2_u32), 1);
        assert_eq!(*parts.get::<u32>().unwrap(), 1);
    }
}
