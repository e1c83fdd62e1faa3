// What the page teaches: true of every webhook, and nothing of the delivery at hand.

export const LESSONS: readonly (readonly [title: string, text: string])[] = [
  [
    "Why the raw body",
    "A signature is of bytes, not of what they mean. A parser that reads JSON and writes it again may drop blanks, turn keys around or spell a letter otherwise: the same object, other bytes, another signature. So read the body once, as bytes, verify those, and parse them afterwards.",
  ],
  [
    "Why in constant time",
    "A comparison that stops at the first wrong character takes a little longer for each right one. Whoever can send many guesses, and measure, learns a signature piece by piece. So the library looks at every byte of both, whatever it finds.",
  ],
  [
    "Why there is a window",
    "A genuine delivery that somebody recorded stays genuine. Where the time is signed, it can be refused once it is old: five minutes are usual. Both clocks must be right for this, and a provider that retries for days must sign each attempt anew.",
  ],
  [
    "Why to handle each event once",
    "Within the window, and by retries, the same event can come twice and be genuine both times. Note its id when you have handled it, in the same transaction if you can, and skip what was noted. The library gives a key for this that no sender can vary: the replay key.",
  ],
];

/** What is told in the drawing's place, by how the algorithm's name begins. */
export const WITHOUT_HMAC: readonly (readonly [start: string, text: string])[] = [
  [
    "shared-token",
    "There is no maths: the sender sends the secret itself, and the receiver compares it. That tells who sent it, and nothing else: body and time can be changed by whoever sees the token once.",
  ],
  [
    "ed25519",
    "This is a public-key signature. The sender holds a private key with which only it can sign; you hold the public key, with which anyone can verify, and nobody can sign. Losing yours gives nothing away.",
  ],
  [
    "ecdsa",
    "This is a public-key signature over an elliptic curve. The sender signs a hash of the bytes with its private key; the public key that you hold can only verify.",
  ],
  [
    "rsa",
    "This is an RSA signature. The sender raises a hash of the bytes to a private exponent; with the public key that you hold the hash comes out again, and is compared with the one of the bytes that you received.",
  ],
  [
    "sha",
    "This is a plain hash over the secret and the content together. Without the secret nobody can compute it; but for some orders of the two a hash can be carried on by strangers, which is why HMAC was made.",
  ],
  [
    "md5",
    "This is a plain MD5 hash over the secret and the content together. MD5 is broken in many ways; it is verified here because the provider has nothing better.",
  ],
];
