//! Values beside what they borrow from: unsafe code, of which none is written here.

use hookseal::{OwnedScheme, SchemeMemory, Verifier};
use self_cell::self_cell;

use crate::row::AnyRow;

type Scheme<'a> = hookseal::Scheme<'a>;

// A user's own scheme: its strings, the list of its conditions, and the row over both.
self_cell! { pub(crate) struct Conditions { owner: OwnedScheme, #[covariant] dependent: SchemeMemory, } }
self_cell! { pub(crate) struct OwnRow { owner: Conditions, #[covariant] dependent: Scheme, } }
// A verifier of any row.
self_cell! { pub(crate) struct Prepared { owner: AnyRow, #[covariant] dependent: Verifier, } }
