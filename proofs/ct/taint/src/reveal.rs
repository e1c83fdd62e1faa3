//! The one place where the core turns a bit that depends on a secret into a branch is its
//! function `reveal`, which is never inlined. Valgrind calls the function below in its place: it
//! marks that one bit as public. Everything else that branches on a secret is reported.

use crate::valgrind::declassify;

/// Valgrind redirects by symbol: in the main executable (`NONE`), anything that matches
/// `*hookseal*key*reveal*` (`Za` is `*`).
#[unsafe(no_mangle)]
extern "C" fn _vgr00000ZZ_NONE_ZahooksealZakeyZarevealZa(bit: u8) -> u8 {
    let mut bit = bit;
    declassify(&mut bit);
    u8::from(bit != 0)
}

#[used]
static KEEP: extern "C" fn(u8) -> u8 = _vgr00000ZZ_NONE_ZahooksealZakeyZarevealZa;
