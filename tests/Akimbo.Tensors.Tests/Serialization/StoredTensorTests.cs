using Akimbo.Tensors.Serialization;
using static Akimbo.Tensors.Tests.Serialization.Containers;

namespace Akimbo.Tensors.Tests.Serialization;

public class StoredTensorTests
{
    private static readonly byte[] Six = Bytes(0f, 1, 2, 3, 4, 5);

    [Fact]
    public void ToTensor_EveryType_ConvertsTheValues()
    {
        Check("HalfStorage", Bytes((Half)1.5f, (Half)(-65504f), Half.Epsilon), 1.5f, -65504f, 5.9604645e-8f);
        Check("BFloat16Storage", Bytes<ushort>(0x3f80, 0xc2c8, 0x7f80), 1, -100, float.PositiveInfinity);
        Check("FloatStorage", Bytes(1.25f, float.NaN, -0f), 1.25f, float.NaN, -0f);
        Check("DoubleStorage", Bytes(0.1, -1e300, 3), 0.1f, float.NegativeInfinity, 3);
        Check("CharStorage", Bytes<sbyte>(-128, 127, 0), -128, 127, 0);
        Check("ByteStorage", Bytes<byte>(255, 1, 0), 255, 1, 0);
        Check("ShortStorage", Bytes<short>(-32768, 7, 0), -32768, 7, 0);
        Check("IntStorage", Bytes(int.MinValue, 7, 0), int.MinValue, 7, 0);
        Check("LongStorage", Bytes(16777217L, -7, 0), 16777216, -7, 0);
        Check("BoolStorage", Bytes<byte>(0, 1, 2), 0, 1, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void ToTensor_EveryHalf_IsWhatTheRuntimeMakesOfIt(int skipped)
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Skip(skipped).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];

        float[] widened = Vector("HalfStorage", halves.Length, Bytes(halves)).ToArray<float>();

        for (int i = 0; i < halves.Length; i++)
            if (Half.IsNaN(halves[i])) Assert.True(float.IsNaN(widened[i]), $"{i}");
            else Assert.Equal(BitConverter.SingleToUInt32Bits((float)halves[i]), BitConverter.SingleToUInt32Bits(widened[i]));
    }

    [Fact]
    public void ToArray_EveryType_IsExactInDoublesAndIntegers()
    {
        Assert.Equal([16777217.0, -7], Vector("LongStorage", 2, Bytes(16777217L, -7)).ToArray<double>());
        Assert.Equal([long.MaxValue, -7], Vector("LongStorage", 2, Bytes(long.MaxValue, -7)).ToArray<long>());
        Assert.Equal([2, -2], Vector("FloatStorage", 2, Bytes(2.9f, -2.9f)).ToArray<int>());
        Assert.Equal([1, 0], Vector("BoolStorage", 2, Bytes(true, false)).ToArray<byte>());
        Assert.Equal([0.1], Vector("DoubleStorage", 1, Bytes(0.1)).ToArray<double>());
    }

    [Fact]
    public void ToArray_OutsideTheRangeOfAnInteger_Throws()
    {
        Assert.Throws<OverflowException>(() => Vector("LongStorage", 1, Bytes(300L)).ToArray<byte>());
        Assert.Throws<OverflowException>(() => Vector("FloatStorage", 1, Bytes(float.NaN)).ToArray<long>());
        Assert.Throws<OverflowException>(() => Vector("DoubleStorage", 1, Bytes(1e10)).ToArray<int>());
    }

    [Fact]
    public void ToTensor_TransposedView_IsInRowMajorOrder() =>
        Assert.Equal([0, 3, 1, 4, 2, 5], View(offset: 0, [3, 2], [1, 3]));

    [Fact]
    public void ToTensor_SlicedView_TakesItsElements()
    {
        Assert.Equal([1, 2, 4, 5], View(offset: 1, [2, 2], [3, 1]));
        Assert.Equal([1, 3, 5], View(offset: 1, [3], [2]));
        Assert.Equal([5], View(offset: 5, [], []));
    }

    [Fact]
    public void ToTensor_ExpandedView_RepeatsItsElements() =>
        Assert.Equal([2, 2, 3, 3, 2, 2, 3, 3], View(offset: 2, [2, 2, 2], [0, 1, 0]));

    [Fact]
    public void ToTensor_DimensionsOfOneOrZero_IgnoreTheirStrides()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], View(offset: 0, [1, 6, 1], [999, 1, 77]));
        Assert.Equal([], View(offset: 0, [0, 3], [3, 1]));
    }

    [Fact]
    public void ToTensor_StridedViewsOfEveryWidth_GatherAlike()
    {
        Check("ByteStorage", Bytes<byte>(0, 1, 2, 3, 4, 5));
        Check("ShortStorage", Bytes<short>(0, 1, 2, 3, 4, 5));
        Check("FloatStorage", Six);
        Check("DoubleStorage", Bytes(0.0, 1, 2, 3, 4, 5));

        static void Check(string type, byte[] bytes)
        {
            var tensor = Assert.IsType<StoredTensor>(Root(w => w.Tensor(type, "0", 6, 0, [3, 2], [1, 3]), ("0", bytes)));
            Assert.Equal([0, 3, 1, 4, 2, 5], tensor.ToArray<int>());
        }
    }

    [Fact]
    public void SharesStorageWith_TwoTensorsOverOneStorage_IsTrue()
    {
        var root = Assert.IsType<OrderedDictionary<object, object?>>(Root(
            w => w.Dict(
                ("whole", v => v.Tensor("FloatStorage", "0", 6, 0, [6], [1])),
                ("tail", v => v.Tensor("FloatStorage", "0", 6, 4, [2], [1])),
                ("other", v => v.Tensor("FloatStorage", "1", 6, 0, [6], [1]))),
            ("0", Six),
            ("1", Six)));
        var (whole, tail, other) = ((StoredTensor)root["whole"]!, (StoredTensor)root["tail"]!, (StoredTensor)root["other"]!);

        Assert.True(whole.SharesStorageWith(tail));
        Assert.False(whole.SharesStorageWith(other));
        Assert.Equal([4, 5], tail.ToTensor().Span.ToArray());
    }

    [Fact]
    public void ToTensor_CalledTwice_GivesMemoryOfItsOwn()
    {
        var stored = Vector("FloatStorage", 6, Six);
        stored.ToTensor().Span.Fill(9);

        Assert.Equal([0, 1, 2, 3, 4, 5], stored.ToTensor().Span.ToArray());
    }

    [Fact]
    public void Create_WrongNumberOfValues_Throws()
    {
        Assert.Equal([1L, 2], StoredTensor.Create<long>([2], [1, 2]).ToArray<long>());
        var exception = Assert.Throws<ArgumentException>(() => StoredTensor.Create<long>([3], [1, 2]));
        Assert.Contains("[3] has 3 elements; 2 values", exception.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => StoredTensor.Create<decimal>([1], [1]));
    }

    private static void Check(string type, byte[] bytes, params float[] expected) =>
        Assert.Equal(expected, Vector(type, expected.Length, bytes).ToTensor().Span.ToArray());

    private static StoredTensor Vector(string type, int count, byte[] bytes) =>
        Assert.IsType<StoredTensor>(Root(w => w.Tensor(type, "0", count, 0, [count], [1]), ("0", bytes)));

    private static float[] View(long offset, long[] size, long[] stride) =>
        Assert.IsType<StoredTensor>(Root(w => w.Tensor("FloatStorage", "0", 6, offset, size, stride), ("0", Six))).ToTensor().Span.ToArray();
}
