alter table offer validate constraint discount_positive;
alter table offer rename constraint dates_in_order to dates_are_in_order;
alter table offer rename constraint offer_check to discount_below_price;
