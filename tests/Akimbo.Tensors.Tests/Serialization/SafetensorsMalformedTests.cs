using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

public class SafetensorsMalformedTests
{
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "'a' lies at bytes 0 to 8 of the 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'a' lies at bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "end at byte 8 of the elements, but 9")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes; its data_offsets [0, 8] hold 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 8, "'b' at bytes 2 to 6 overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "Bytes 4 to 8 of the elements, before 'b'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "Two tensors are called 'a'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", 4, "'a' has the dtype 'F8_E4M3'")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "The dtype of 'a' appears twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "The shape of 'a' holds -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "The shape of 'a' holds 1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "holds 9223372036854775808")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296],"data_offsets":[0,0]}}""", 0, "has a dimension of length 4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,0]}}""", 0, "more elements than can be counted")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "needs 36893488113059364872 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "more than 8 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,5]}}""", 4, "more than 2 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "needs a dtype")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "The dtype of 'a' is JSON Number; expected String")]
    [InlineData("""{"a":[1]}""", 0, "The entry 'a' is JSON StartArray")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "The metadata 'a' is JSON Number")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "The metadata 'a' appears twice")]
    [InlineData("""[1]""", 0, "The header is JSON StartArray")]
    [InlineData("""{"a":""", 0, "not a JSON object of tensors")]
    [InlineData("""{} {}""", 0, "not a JSON object of tensors")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not a JSON object of tensors")]
    [InlineData("", 0, "not a JSON object of tensors")]
    public void Read_BadHeader_SaysWhatIsWrong(string header, int dataLength, string expected) =>
        Refused(expected, Safetensors(header, dataLength));

    [Fact]
    public void Read_HeaderLengthBeyondTheFile_IsRefused()
    {
        Refused("but only 3 bytes follow", [9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}', (byte)' ']);
        Refused("The header length is 18446744073709551615", [.. Enumerable.Repeat((byte)0xff, 8), (byte)'{', (byte)'}']);
        Refused("has 3 bytes", [1, 2, 3]);
        Refused("has 0 bytes", []);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        string nested = string.Concat(Enumerable.Repeat("[", 100_000));
        Refused("not a JSON object of tensors", Safetensors($"{{\"a\":{{\"x\":{nested}", 0));
    }

    [Fact]
    public void Read_HeaderThatIsNotUtf8_IsRefused() =>
        Refused("not valid UTF-8", Safetensors([.. "{\""u8, 0xff, .. "\":{}}"u8], 0));

    [Fact]
    public void Read_UnknownPropertyAndPadding_AreAccepted()
    {
        var file = Akimbo.Tensors.Serialization.Safetensors.Read(
            Safetensors("""{"a":{"dtype":"U8","note":{"x":[1]},"shape":[2],"data_offsets":[0,2]}}      """, 2), Name);

        Assert.Equal([2], file["a"].Shape);
    }

    [Fact]
    public void Indexer_UnknownName_GivesTheNearest()
    {
        var file = Akimbo.Tensors.Serialization.Safetensors.Read(
            Safetensors("""{"output":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2), Name);

        var exception = Assert.Throws<KeyNotFoundException>(() => file["outptu"]);
        Assert.Equal("test.pt: none of the 1 tensors is called 'outptu'. Did you mean 'output'?", exception.Message);
        Assert.False(file.TryGetTensor("outptu", out _));
    }

    private static void Refused(string expected, byte[] bytes) =>
        Assert.Contains(expected, ReadError(() => Akimbo.Tensors.Serialization.Safetensors.Read(bytes, Name)), StringComparison.Ordinal);
}
