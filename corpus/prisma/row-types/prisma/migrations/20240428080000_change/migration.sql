alter table coin rename to medal;
alter table medal rename column side to face;
alter table pebbles not of;
