DROP TABLE props, seats;
DROP TABLE stage.props, stage.curtains;
