-- KEYS[1]; ARGV: fence, what to do (complete, extend, release), and milliseconds: for how long a
-- completed key is kept, or how long the lease is from now.
-- Gives 1; or 0: another run has taken over.
local held = redis.call('GET', KEYS[1])
if not held then return 0 end
local fence, lease_until, digest = string.match(held, '^(%d+):(%d+):(.*)$')
if fence ~= ARGV[1] or lease_until == '0' then return 0 end

if ARGV[2] == 'complete' then
    redis.call('SET', KEYS[1], fence .. ':0:' .. digest, 'PX', tonumber(ARGV[3]))
    return 1
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = ARGV[2] == 'extend' and now + tonumber(ARGV[3]) or now
redis.call('SET', KEYS[1], string.format('%s:%.0f:', fence, ends) .. digest, 'KEEPTTL')
return 1
