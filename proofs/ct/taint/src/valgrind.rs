//! Client requests to valgrind's memcheck: secrets are marked as undefined memory, so that every
//! branch and every address that depends on them is reported.
//!
//! A request is a sequence of rotations that does nothing on a real processor; valgrind knows it
//! and reads the arguments to which `rax` points. It answers in `rdx`.

use core::arch::asm;

const RUNNING_ON_VALGRIND: u64 = 0x1001;
const COUNT_ERRORS: u64 = 0x1201;
const MAKE_MEM_UNDEFINED: u64 = 0x4d43_0001;
const MAKE_MEM_DEFINED: u64 = 0x4d43_0002;

/// Whether valgrind runs this program: without it nothing would ever be reported.
pub fn is_running() -> bool {
    request(RUNNING_ON_VALGRIND, 0, 0) != 0
}

/// How many errors have been reported so far, each occurrence counted, suppressed ones not.
pub fn errors() -> u64 {
    request(COUNT_ERRORS, 0, 0)
}

/// Marks a value as secret.
pub fn poison<T: ?Sized>(value: &mut T) {
    request(MAKE_MEM_UNDEFINED, address(value), size_of_val(value) as u64);
}

/// Marks a value as public.
pub fn declassify<T: ?Sized>(value: &mut T) {
    request(MAKE_MEM_DEFINED, address(value), size_of_val(value) as u64);
}

fn address<T: ?Sized>(value: &mut T) -> u64 {
    core::ptr::from_mut(value).cast::<u8>() as u64
}

fn request(code: u64, first: u64, second: u64) -> u64 {
    let arguments = [code, first, second, 0, 0, 0];
    let mut answer = 0u64;
    // SAFETY: the rotations add up to 128 and the exchange is of a register with itself, so no
    // register changes but `rdx`, which is named. The memory that a request marks is not written.
    // Without `nomem`: the compiler must take it that any memory may have changed.
    unsafe {
        asm!(
            "rol rdi, 3", "rol rdi, 13", "rol rdi, 61", "rol rdi, 51", "xchg rbx, rbx",
            in("rax") arguments.as_ptr(),
            inout("rdx") answer,
        );
    }
    answer
}
