export default { client: 'pg' };
