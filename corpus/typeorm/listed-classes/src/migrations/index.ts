import { AddOwner1643650001000 } from './add-owner';
import { Start1643650000000 } from './start';

export const migrations = [AddOwner1643650001000, Start1643650000000];
