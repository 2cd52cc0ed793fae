using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Features.Push;
using Gateway.Http;

namespace Gateway.Tests.Push;

public sealed class PushEncryptionTests
{
    private const string SubscriberKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    /// <summary>RFC 8291 appendix A.</summary>
    [Fact]
    public void A_push_is_that_of_the_RFC()
    {
        var point = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, D = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), Q = new() { X = point[1..33], Y = point[33..] },
        });

        var push = PushEncryption.Seal("When I grow up, I want to be a watermelon"u8, Bytes(SubscriberKey), Bytes("BTBZMqHH6r4Tts7J_aSIgg"), own, Bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(push));
    }

    /// <summary>RFC 8188 section 3.1.</summary>
    [Fact]
    public void Its_encoding_is_that_of_the_RFC() => Assert.Equal(
        "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg",
        Base64Url.EncodeToString(Aes128Gcm.Seal("I am the walrus"u8, Bytes("yqdlZ-tYemfogSmv7Ws5PQ"), Bytes("I1BsxtFttlv3u_Oo94xnmw"), [])));

    [Fact]
    public void No_two_pushes_are_alike() => Assert.NotEqual(
        PushEncryption.Seal("a"u8, Bytes(SubscriberKey), new byte[16]), PushEncryption.Seal("a"u8, Bytes(SubscriberKey), new byte[16]));

    [Fact]
    public void A_point_is_one_on_the_curve_and_nothing_else()
    {
        var point = Bytes(SubscriberKey);
        byte[] beside = [.. point[..^1], (byte)(point[^1] ^ 1)];

        Assert.True(P256.IsPoint(point));
        Assert.All([beside, point[..^1], [.. point, 0], [3, .. point[1..]], new byte[65], []], other => Assert.False(P256.IsPoint(other)));
    }

    [Fact]
    public void The_longest_notice_fits_into_a_push()
    {
        var row = Features.Messages.MessageExamples.Row with
        {
            Subject = new string('\u0001', 5000), From = [new(new string('ü', 1000), new string('\u0001', 5000))],
        };

        Assert.InRange(PushNotice.Of(default, ArrivedMessage.Of(JsonSerializer.SerializeToElement(row, WireJson.Options)), isPrivate: false).ToBytes().Length, 1, 3000);
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
