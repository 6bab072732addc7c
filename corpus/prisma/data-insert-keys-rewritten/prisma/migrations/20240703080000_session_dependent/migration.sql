insert into moment values ('2024-07-02 10:00:00', 3);
insert into day values ('today', 2), (current_date + 1, 3);
