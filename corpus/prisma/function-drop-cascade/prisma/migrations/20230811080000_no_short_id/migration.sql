drop function short_id cascade;
