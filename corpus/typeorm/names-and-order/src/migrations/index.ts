import { Third1643600002000 } from './1-third';
import { FirstOne, SecondOne } from './both';

export const migrations = [Third1643600002000, SecondOne, FirstOne];
