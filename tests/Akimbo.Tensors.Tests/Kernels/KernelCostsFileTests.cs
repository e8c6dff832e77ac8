using Akimbo.Tensors.Kernels;

namespace Akimbo.Tensors.Tests.Kernels;

public sealed class KernelCostsFileTests
{
    private static readonly KernelCosts Costs = KernelCosts.OfProcessor with { BytesPerMicrosecond = 31_234.5, TransformedPoint = 0.00123456789, Chunk = 2 };

    [Fact]
    public void Parse_WhatLinesWrote_GivesTheSameCosts() => Assert.Equal(Costs, KernelCostsFile.Parse(KernelCostsFile.Lines(Costs)));

    [Theory]
    [InlineData(0, "akimbo kernel costs 2")]
    [InlineData(1, "GenuineIntel 1 1")]
    [InlineData(2, "fast")]
    [InlineData(3, "0")]
    [InlineData(4, "-1")]
    [InlineData(5, "NaN")]
    [InlineData(9, "1e300")]
    public void Parse_AnotherProcessorOrADamagedLine_CountsAsNoFile(int line, string text)
    {
        string[] lines = KernelCostsFile.Lines(Costs);
        lines[line] = text;
        Assert.Null(KernelCostsFile.Parse(lines));
    }

    [Fact]
    public void Parse_CutFile_CountsAsNoFile() => Assert.Null(KernelCostsFile.Parse(KernelCostsFile.Lines(Costs)[..^1]));
}
