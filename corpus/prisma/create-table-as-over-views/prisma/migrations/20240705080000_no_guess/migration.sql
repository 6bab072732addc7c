drop table visit_guess;
