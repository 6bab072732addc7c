alter table offer drop constraint offer_price_check;
alter table offer drop constraint if exists discount_positive;
alter table offer drop constraint short_offers;
