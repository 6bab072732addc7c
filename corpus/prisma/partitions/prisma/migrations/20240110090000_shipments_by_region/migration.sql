CREATE TABLE shipment (
    id SERIAL,
    region TEXT NOT NULL,
    weight DECIMAL(8,3) NOT NULL CHECK (weight > 0),
    PRIMARY KEY (id, region)
) PARTITION BY LIST (region);

CREATE TABLE shipment_eu PARTITION OF shipment FOR VALUES IN ('de', 'fr', 'it');
CREATE TABLE shipment_us PARTITION OF shipment (
    CONSTRAINT shipment_us_heavy CHECK (weight < 70000)
) FOR VALUES IN ('us');
INSERT INTO shipment (region, weight) VALUES ('de', 1.5), ('us', 20);
