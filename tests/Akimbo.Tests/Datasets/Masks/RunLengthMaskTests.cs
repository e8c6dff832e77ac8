using System.Diagnostics;
using System.Text.Json;
using Akimbo.Datasets.Masks;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets.Masks;

/// <summary>The fixtures hold what the COCO API's <c>rleFrPoly</c>, <c>rleEncode</c> and <c>rleToString</c> gave.</summary>
public sealed class RunLengthMaskTests
{
    [Fact]
    public void FromPolygon_RecordedPolygons_GivesTheRunsOfTheReference()
    {
        int cases = 0;
        foreach (JsonElement entry in Fixture("datasets/polygons.json"))
        {
            var mask = RunLengthMask.FromPolygon(Int(entry, "width"), Int(entry, "height"), [.. entry.GetProperty("polygon").EnumerateArray().Select(number => number.GetDouble())]);
            int[] expected = [.. entry.GetProperty("runs").EnumerateArray().Select(number => number.GetInt32())];

            Assert.Equal(expected, mask.Runs);
            Assert.Equal(expected.Where((_, index) => index % 2 == 1).Sum(), mask.Area);
            Assert.Equal(mask.Area, mask.ToMask().Area);
            Assert.Equal(entry.GetProperty("counts").GetString(), mask.ToCompressedText());
            Assert.Equal(expected, RunLengthMask.Parse(mask.Width, mask.Height, mask.ToCompressedText()).Runs);
            cases++;
        }

        Assert.Equal(127, cases);
    }

    [Fact]
    public void Parse_RecordedMasks_GivesTheirPixels()
    {
        foreach (JsonElement entry in Fixture("datasets/masks.json"))
        {
            BinaryMask mask = RunLengthMask.Parse(Int(entry, "width"), Int(entry, "height"), entry.GetProperty("counts").GetString()!).ToMask();
            string[] rows = [.. entry.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!)];

            for (int y = 0; y < mask.Height; y++)
                for (int x = 0; x < mask.Width; x++)
                    Assert.Equal(rows[y][x] == '1', mask[x, y]);
            Assert.Equal(entry.GetProperty("counts").GetString(), RunLengthMask.FromMask(mask).ToCompressedText());
        }
    }

    [Fact]
    public void ToMask_Runs_GoDownTheColumns()
    {
        BinaryMask mask = new RunLengthMask(width: 3, height: 2, [1, 2, 3]).ToMask();
        Assert.Equal([false, true, false, true, false, false], mask.Pixels.ToArray());
    }

    [Theory]
    [InlineData(new[] { 7L })]
    [InlineData(new[] { 2L, 3L })]
    [InlineData(new[] { -1L, 7L })]
    [InlineData(new[] { 1L, long.MaxValue })]
    [InlineData(new long[0])]
    public void New_RunsThatDoNotFillTheMask_Throws(long[] runs) =>
        Assert.Throws<ArgumentException>(() => new RunLengthMask(width: 3, height: 2, runs));

    [Theory]
    [InlineData("0")]
    [InlineData("n")]
    [InlineData("\u00ff")]
    [InlineData("nnnnnnnnnnnnnnnn0")]
    [InlineData("6 ")]
    public void Parse_DamagedText_Throws(string counts) =>
        Assert.Throws<ArgumentException>(() => RunLengthMask.Parse(width: 3, height: 2, counts));

    [Fact]
    public void Parse_AnyText_ThrowsNothingElse()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(40, 120)));
            try
            {
                Assert.Equal(6, RunLengthMask.Parse(width: 3, height: 2, text).Runs.Sum());
            }
            catch (ArgumentException)
            {
            }
        }
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 1, 1 }, "4 numbers")]
    [InlineData(new double[] { 0, 0, 1, 1, 2, 2, 3 }, "7 numbers")]
    [InlineData(new[] { 0, 0, 1, double.NaN, 2, 2 }, "coordinate NaN")]
    [InlineData(new[] { 0, 0, 1e300, 1, 2, 2 }, "coordinate 1E+300")]
    [InlineData(new[] { -9e6, 0, 9e6, 1, -9e6, 2 }, "pixels long")]
    public void FromPolygon_NoPolygon_SaysWhy(double[] polygon, string message)
    {
        var clock = Stopwatch.StartNew();
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => RunLengthMask.FromPolygon(10, 10, polygon)).Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(100_000, 100_000)]
    public void New_SizesThatCannotBe_Throws(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunLengthMask(width, height, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryMask(width, height));
    }

    [Fact]
    public void AddTo_SegmentationOfTwoPolygons_IsTheirUnion()
    {
        var mask = new BinaryMask(8, 8);
        new Segmentation([[0, 0, 4, 0, 4, 4, 0, 4], [2, 2, 6, 2, 6, 6, 2, 6]]).AddTo(mask);
        Assert.Equal(16 + 16 - 4, mask.Area);
        Assert.True(mask[3, 3]);
        Assert.False(mask[6, 6]);
    }

    [Fact]
    public void AddTo_OtherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => new Segmentation(new RunLengthMask(3, 2, [6])).AddTo(new BinaryMask(2, 3)));

    private static IEnumerable<JsonElement> Fixture(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture(name)));
        return [.. document.RootElement.EnumerateArray().Select(entry => entry.Clone())];
    }

    private static int Int(JsonElement entry, string property) => entry.GetProperty(property).GetInt32();
}
