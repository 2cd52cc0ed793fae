using Gateway.Mail.Faults;

namespace Gateway.Mail.Connecting;

/// <summary>What a server said of an account's credentials. Nobody is to be locked out by us: refused ones are not tried again until they change, and new ones by one session at a time.</summary>
internal sealed class CredentialsProof : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Refusal? _refused;
    private volatile int _proven = int.MinValue;

    /// <summary>Opens a session, unless the server is known to refuse these credentials.</summary>
    public async Task<T> SignInAsync<T>(MailAccount account, Func<Task<T>> open, CancellationToken ct)
    {
        var version = account.CredentialsVersion;
        var alone = _proven != version;
        if (alone) { await _one.WaitAsync(ct); }

        try
        {
            if (alone && _proven == version)
            {
                _one.Release();
                alone = false;
            }

            if (_refused is { } known && known.Version == version)
            {
                throw new MailException(known.Fault.Fault, known.Fault.Message, known.Fault.ServerText, known.Fault);
            }

            var opened = await open();
            _proven = version;
            return opened;
        }
        catch (MailException fault) when (fault.Fault == MailFault.BadCredentials)
        {
            if (_refused?.Version != version) { _refused = new(version, fault); }

            _proven = int.MinValue;
            throw;
        }
        finally
        {
            if (alone) { _one.Release(); }
        }
    }

    /// <summary>The user asked to try again.</summary>
    public void Forget() => _refused = null;

    public void Dispose() => _one.Dispose();

    private sealed record Refusal(int Version, MailException Fault);
}
