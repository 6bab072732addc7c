CREATE TABLE shipment_asia PARTITION OF shipment FOR VALUES IN ('jp', 'kr', 'in') PARTITION BY RANGE (id);
CREATE TABLE shipment_asia_old PARTITION OF shipment_asia FOR VALUES FROM (MINVALUE) TO (1000);
CREATE TABLE shipment_asia_new PARTITION OF shipment_asia FOR VALUES FROM (1000) TO (MAXVALUE);
INSERT INTO shipment (region, weight) VALUES ('jp', 12), ('in', 450.5);
