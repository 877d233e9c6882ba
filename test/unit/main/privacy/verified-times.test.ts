import { expect, test } from 'vitest';
import { createVerifiedTimes } from '../../../../src/main/privacy/verified-times';

test('a pack is whole since its check; a check that begins anew, or a pack that goes, takes that back', () => {
  const times = createVerifiedTimes();
  times.follow({ '/a': 'checking', '/b': 'waiting' }, 1);
  expect(times.list()).toEqual({});
  times.follow({ '/a': 'verified', '/b': 'checking' }, 2);
  times.follow({ '/a': 'verified', '/b': 'verified' }, 3);
  expect(times.list()).toEqual({ '/a': 2, '/b': 3 });
  times.follow({ '/a': 'checking' }, 4);
  times.follow({ '/a': 'verified' }, 5);
  expect(times.list()).toEqual({ '/a': 5 });
});
