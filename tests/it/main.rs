//! Tests of the whole that need no database: the program as users run it, and the rules that the code keeps.

mod tidy;
