export const id = { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' };

export function stamp(name) {
  return { name, type: 'timestamptz', default: 'now()' };
}
