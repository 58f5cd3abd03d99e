//! What the reader is doing: one state, one closed list of actions, one pure function from one state to the next.
