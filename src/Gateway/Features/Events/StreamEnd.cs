using Gateway.Features.Session;

namespace Gateway.Features.Events;

/// <summary>Ends an event stream when its client leaves, its session is signed out, or the server stops.</summary>
internal sealed class StreamEnd : IDisposable
{
    private readonly Sessions _sessions;
    private readonly Guid? _session;
    private readonly CancellationTokenSource _over;

    public StreamEnd(Sessions sessions, Guid? session, CancellationToken stopping, CancellationToken ct)
    {
        (_sessions, _session) = (sessions, session);
        _over = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct);
        Token = _over.Token;
        sessions.Closed += End;
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _sessions.Closed -= End;
        _over.Dispose();
    }

    private void End(Guid session)
    {
        if (session != _session) { return; }

        try { _over.Cancel(); }
        catch (ObjectDisposedException)
        {
            // The client left at the same moment.
        }
    }
}
