//! Components: a scene and a state in, keyed elements out; no arithmetic of time.
