ALTER TABLE "offer" ADD CONSTRAINT "discount_positive" CHECK ("discount" > 0) NOT VALID;
ALTER TABLE offer ADD CHECK (id > 0);
ALTER TABLE offer ADD CHECK (price <> 13), ADD CHECK (price <> 17);
ALTER TABLE offer ADD CONSTRAINT short_offers CHECK (ends - starts < 400) NO INHERIT;
