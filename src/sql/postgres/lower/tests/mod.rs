//! What each family of statements is understood as.
