using Gateway.Mail.Connecting;

namespace Gateway.Mail.Smtp;

/// <summary>The submission sessions of one account: at most so many at once, the idle ones kept for the next mail.</summary>
internal sealed class AccountSubmission(int maxSessions)
{
    private readonly Lock _lock = new();
    private readonly List<SmtpSession> _idle = [];

    /// <summary>Leave to use (or open) one session.</summary>
    public SemaphoreSlim Leave { get; } = new(maxSessions);

    public CredentialsProof Proof { get; } = new();

    public SmtpSession? Take()
    {
        lock (_lock)
        {
            if (_idle.Count == 0) { return null; }

            var session = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return session;
        }
    }

    public void Keep(SmtpSession session)
    {
        lock (_lock) { _idle.Add(session); }
    }

    public IReadOnlyList<SmtpSession> IdleAt(string host)
    {
        lock (_lock) { return _idle.FindAll(s => s.Host == host); }
    }

    /// <summary>Closes idle sessions.</summary>
    public void Close(Predicate<SmtpSession> which)
    {
        lock (_lock)
        {
            foreach (var session in _idle.FindAll(which))
            {
                _idle.Remove(session);
                session.Dispose();
            }
        }
    }
}
