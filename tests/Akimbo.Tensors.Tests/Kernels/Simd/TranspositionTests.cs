using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Simd;

public sealed class TranspositionTests
{
    [Theory]
    [InlineData(16, 16)]
    [InlineData(19, 33)]
    public void Run_RowsFarApart_TurnsRowsIntoColumns(int fromStride, int toStride)
    {
        GuardedBuffer from = new(new Random(1).Values(15 * fromStride + 16)), to = new(15 * toStride + 16);
        Transposition.Run(in from.Span[0], fromStride, ref to.Span[0], toStride);

        for (int row = 0; row < 16; row++)
            for (int column = 0; column < 16; column++) Assert.Equal(from.Span[row * fromStride + column], to.Span[column * toStride + row]);
        to.AssertGuardsUntouched("to");
    }

    [Fact]
    public void Run_RowsAnywhere_TurnsRowsIntoColumns()
    {
        int[] rows = [90, 0, 3, 3, 60, 17, 5, 8, 77, 41, 40, 39, 2, 1, 99, 100];
        GuardedBuffer from = new(new Random(2).Values(116)), to = new(256);
        Transposition.Run(in from.Span[0], rows, ref to.Span[0], 16);

        for (int row = 0; row < 16; row++)
            for (int column = 0; column < 16; column++) Assert.Equal(from.Span[rows[row] + column], to.Span[column * 16 + row]);
        to.AssertGuardsUntouched("to");
    }
}
