using System.Text;
using Gateway.Features.Messages;
using Gateway.Rendering;
using Gateway.Rendering.Mime;

namespace Gateway.Tests.Rendering;

public sealed class SenderAuthenticationTests
{
    [Fact]
    public void What_the_own_server_found_out_is_told()
    {
        var found = Read("""
            Authentication-Results: mx.example.test;
             dkim=pass (2048-bit key) header.d=shop.example header.i=@shop.example;
             dkim=fail header.d=list.example;
             spf=softfail smtp.mailfrom=bounces@mail.shop.example;
             dmarc=pass (p=reject) header.from=shop.example; arc=none
            """);

        Assert.Equal("mx.example.test", found!.Server);
        Assert.Equal(new(AuthenticationVerdict.SoftFail, "mail.shop.example"), found.Spf);
        Assert.Equal([new(AuthenticationVerdict.Pass, "shop.example"), new(AuthenticationVerdict.Fail, "list.example")], found.Dkim);
        Assert.Equal(new(AuthenticationVerdict.Pass, "shop.example"), found.Dmarc);
        Assert.Equal(AuthenticationVerdict.None, found.Arc?.Result);
    }

    [Theory]
    [InlineData("Authentication-Results: mx.evil.test; dmarc=pass header.from=bank.example")]
    [InlineData("Authentication-Results: notexample.test; dmarc=pass header.from=bank.example")]
    [InlineData("Authentication-Results: ; dmarc=pass")]
    [InlineData("X-Authentication-Results: mx.example.test; dmarc=pass")]
    [InlineData("Subject: none")]
    public void What_a_stranger_wrote_is_not(string header) => Assert.Null(Read(header));

    [Fact]
    public void A_forged_field_below_the_true_one_changes_nothing()
    {
        var found = Read("""
            Authentication-Results: mx.example.test; spf=fail smtp.mailfrom=bank.example
            Authentication-Results: mx.example.test; dmarc=fail header.from=bank.example
            Received: from somewhere
            Authentication-Results: mx.example.test; spf=pass smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example
            Authentication-Results: mail.example.test; dkim=pass header.d=bank.example
            """);

        Assert.Equal((AuthenticationVerdict.Fail, AuthenticationVerdict.Fail), (found!.Spf!.Result, found.Dmarc!.Result));
        Assert.Empty(found.Dkim);
    }

    [Fact]
    public void A_field_made_to_be_long_is_left_alone() =>
        Assert.Null(Read("Authentication-Results: mx.example.test; " + string.Join("; ", Enumerable.Repeat("dkim=pass header.d=a.example", 2000))));

    private static SenderAuthentication? Read(string header) =>
        SenderAuthentication.Read(HeaderFields.Read(Encoding.UTF8.GetBytes(header.ReplaceLineEndings("\r\n"))), id => TrustedServers.Is(id, "example.test"));
}
