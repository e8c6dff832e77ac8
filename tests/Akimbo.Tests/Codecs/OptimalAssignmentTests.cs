using Akimbo.Codecs;

namespace Akimbo.Tests.Codecs;

public sealed class OptimalAssignmentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Solve_SmallMatrices_CostsAsLittleAsBruteForce(bool ties)
    {
        var random = new Random(11);
        for (int trial = 0; trial < 400; trial++)
        {
            int rows = random.Next(1, 7), columns = random.Next(1, 7);
            double[] costs = new double[rows * columns];
            for (int i = 0; i < costs.Length; i++) costs[i] = ties ? random.Next(-1, 3) : random.NextDouble() * 10 - 5;

            int[] assignment = OptimalAssignment.Solve(costs, rows, columns);

            int[] used = [.. assignment.Where(column => column >= 0)];
            Assert.Equal(Math.Min(rows, columns), used.Length);
            Assert.Equal(used.Length, used.Distinct().Count());
            double total = assignment.Select((column, row) => column < 0 ? 0 : costs[row * columns + column]).Sum();
            Assert.Equal(Least(costs, rows, columns, row: 0, taken: 0), total, 1e-9);
        }
    }

    [Theory]
    [InlineData(3, 3, new double[] { 400, 150, 400, 400, 450, 600, 300, 225, 300 }, 850)]
    [InlineData(3, 4, new double[] { 400, 150, 400, 1, 400, 450, 600, 2, 300, 225, 300, 3 }, 452)]
    [InlineData(3, 3, new double[] { 10, 10, 8, 9, 8, 1, 9, 7, 4 }, 18)]
    public void Solve_ExamplesOfTheReference_CostsThePublishedTotals(int rows, int columns, double[] costs, double expected)
    {
        int[] assignment = OptimalAssignment.Solve(costs, rows, columns);
        Assert.Equal(expected, assignment.Select((column, row) => costs[row * columns + column]).Sum());
    }

    // Recorded from the scanning order of munkres 1.1.4.
    [Theory]
    [InlineData(4, 4, new double[] { 0, 100, 300, 300, 300, 0, 0, 200, 100, 0, 300, 300, 200, 0, 300, 200 }, new[] { 0, 2, 1, 3 })]
    [InlineData(3, 5, new double[] { 0, 0, 200, 0, 200, 200, 100, 100, 100, 0, 200, 100, 200, 100, 100 }, new[] { 0, 4, 1 })]
    [InlineData(3, 3, new double[] { 100, 100, 0, 100, 0, 0, 100, 0, 0 }, new[] { 2, 1, 0 })]
    [InlineData(3, 3, new double[] { 200, 0, 100, 200, 200, 300, 0, 0, 100 }, new[] { 1, 0, 2 })]
    [InlineData(3, 5, new double[] { 100, 100, 100, 100, 0, 0, 100, 100, 0, 100, 100, 100, 0, 0, 0 }, new[] { 4, 0, 2 })]
    [InlineData(3, 4, new double[] { 200, 200, 100, 100, 200, 200, 0, 200, 100, 0, 100, 100 }, new[] { 3, 2, 1 })]
    public void Solve_WithTies_PicksThePairingOfTheReference(int rows, int columns, double[] costs, int[] expected) =>
        Assert.Equal(expected, OptimalAssignment.Solve(costs, rows, columns));

    [Fact]
    public void Solve_NothingToPair_LeavesRowsOver()
    {
        Assert.Empty(OptimalAssignment.Solve([], rows: 0, columns: 3));
        Assert.Equal([-1, -1], OptimalAssignment.Solve([], rows: 2, columns: 0));
    }

    [Fact]
    public void Solve_BadMatrix_Throws()
    {
        Assert.Throws<ArgumentException>(() => OptimalAssignment.Solve([1, 2, 3], rows: 2, columns: 2));
        Assert.Throws<ArgumentException>(() => OptimalAssignment.Solve([1, double.NaN], rows: 1, columns: 2));
        Assert.Throws<ArgumentException>(() => OptimalAssignment.Solve([1, double.NegativeInfinity], rows: 1, columns: 2));
    }

    private static double Least(double[] costs, int rows, int columns, int row, int taken)
    {
        if (row == rows) return 0;
        double least = rows - row > columns - int.PopCount(taken) ? Least(costs, rows, columns, row + 1, taken) : double.PositiveInfinity;
        for (int column = 0; column < columns; column++)
            if ((taken >> column & 1) == 0)
                least = Math.Min(least, costs[row * columns + column] + Least(costs, rows, columns, row + 1, taken | 1 << column));
        return least;
    }
}
