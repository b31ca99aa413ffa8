import { toDatabaseUrl, toServerUrl } from '../../dev/mongo-url.js';

describe('toServerUrl', () => {
  it.each([
    ['mongodb://h:1', 'mongodb://h:1/'],
    ['mongodb://h:1/', 'mongodb://h:1/'],
    ['mongodb://h:1/chat?w=1', 'mongodb://h:1/?w=1'],
    ['mongodb://a:1,b:2,c:3/chat?replicaSet=rs0', 'mongodb://a:1,b:2,c:3/?replicaSet=rs0'],
    [
      'mongodb+srv://u:p@cluster.example.net/?appName=x',
      'mongodb+srv://u:p@cluster.example.net/?appName=x&authSource=admin',
    ],
    ['mongodb://u:p@h:1/chat', 'mongodb://u:p@h:1/?authSource=chat'],
    ['mongodb://u:p@h:1/chat?authSource=other', 'mongodb://u:p@h:1/?authSource=other'],
    ['mongodb://u@h:1/chat?authMechanism=MONGODB-X509', 'mongodb://u@h:1/?authMechanism=MONGODB-X509'],
  ])('%s loses its database and nothing else', (url, expected) => {
    expect(toServerUrl(url)).toBe(expected);
  });

  it.each(['localhost:27017', 'http://h/', 'mongodb://', ''])(
    '%j is refused, and not repeated in the error',
    (url) => {
      expect(() => toServerUrl(url)).toThrow(
        'MONGO_URL is not a MongoDB URL; it looks like mongodb://host:27017/ .',
      );
    },
  );
});

describe('toDatabaseUrl', () => {
  it('puts the database before the options', () => {
    expect(toDatabaseUrl('mongodb://a:1,b:2/?replicaSet=rs0', 'mine')).toBe(
      'mongodb://a:1,b:2/mine?replicaSet=rs0',
    );
  });
});
