namespace Akimbo.Codecs;

/// <summary>
/// Pairs rows with columns so that the sum of the paired costs is least (Munkres, "Algorithms for the assignment and
/// transportation problems", 1957). Where several pairings cost the same, the one that the Python package
/// <c>munkres</c> 1.1.4 picks is returned, by scanning for zeros in its order: equal costs are common when people
/// stand close, and grouping has to break these ties as the reference does.
/// </summary>
/// <remarks>A matrix of n rows and columns takes about n³ steps, n⁴ at worst.</remarks>
public sealed class OptimalAssignment
{
    private const int None = -1;

    private readonly int _size;
    private readonly double[] _costs;
    private readonly int[] _starInRow;
    private readonly int[] _starInColumn;
    private readonly int[] _primeInRow;
    private readonly bool[] _rowCovered;
    private readonly bool[] _columnCovered;

    private OptimalAssignment(ReadOnlySpan<double> costs, int rows, int columns)
    {
        _size = Math.Max(rows, columns);
        _costs = new double[_size * _size];
        for (int row = 0; row < rows; row++)
            costs.Slice(row * columns, columns).CopyTo(_costs.AsSpan(row * _size));

        _starInRow = Filled();
        _starInColumn = Filled();
        _primeInRow = Filled();
        _rowCovered = new bool[_size];
        _columnCovered = new bool[_size];

        int[] Filled()
        {
            int[] indices = new int[_size];
            Array.Fill(indices, None);
            return indices;
        }
    }

    /// <summary>The column paired with each row, −1 for a row that is left over when there are fewer columns.</summary>
    /// <param name="costs">[rows, columns], all finite.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <exception cref="ArgumentException">The length is not rows × columns, or a cost is not finite.</exception>
    public static int[] Solve(ReadOnlySpan<double> costs, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (costs.Length != (long)rows * columns)
            throw new ArgumentException($"A cost matrix [{rows}, {columns}] has {(long)rows * columns} values; {costs.Length} came.", nameof(costs));
        foreach (double cost in costs)
            if (!double.IsFinite(cost))
                throw new ArgumentException($"A cost is {cost}; all must be finite.", nameof(costs));

        var assignment = new OptimalAssignment(costs, rows, columns);
        assignment.Run();
        int[] columnOfRow = assignment._starInRow[..rows];
        foreach (ref int column in columnOfRow.AsSpan())
            if (column >= columns) column = None;
        return columnOfRow;
    }

    private void Run()
    {
        SubtractRowMinima();
        StarIndependentZeros();
        while (CoverStarredColumns() < _size)
        {
            int row, column;
            while (!FindFreePrime(out row, out column)) UncoverNewZero();
            Augment(row, column);
            Array.Clear(_rowCovered);
            Array.Clear(_columnCovered);
            Array.Fill(_primeInRow, None);
        }
    }

    private void SubtractRowMinima()
    {
        for (int row = 0; row < _size; row++)
        {
            Span<double> costs = Row(row);
            double least = double.PositiveInfinity;
            foreach (double cost in costs) least = Math.Min(least, cost);
            foreach (ref double cost in costs) cost -= least;
        }
    }

    private void StarIndependentZeros()
    {
        for (int row = 0; row < _size; row++)
        {
            Span<double> costs = Row(row);
            for (int column = 0; column < _size && _starInRow[row] == None; column++)
                if (costs[column] == 0 && _starInColumn[column] == None) Star(row, column);
        }
    }

    private int CoverStarredColumns()
    {
        int count = 0;
        for (int column = 0; column < _size; column++)
        {
            if (_starInColumn[column] == None) continue;
            _columnCovered[column] = true;
            count++;
        }

        return count;
    }

    /// <summary>Primes uncovered zeros until one has no star in its row; false when no uncovered zero is left.</summary>
    private bool FindFreePrime(out int row, out int column)
    {
        row = 0;
        column = 0;
        while (FindUncoveredZero(ref row, ref column))
        {
            _primeInRow[row] = column;
            int star = _starInRow[row];
            if (star == None) return true;
            _rowCovered[row] = true;
            _columnCovered[star] = false;
            column = star;
        }

        return false;
    }

    /// <summary>
    /// Looks through the rows from the given one on, around the end; of the zeros in the first row that has any, the
    /// last one counted from the given column on, around the end, is taken: the order that decides between equal costs.
    /// </summary>
    private bool FindUncoveredZero(ref int row, ref int column)
    {
        for (int i = 0; i < _size; i++)
        {
            int candidate = row + i < _size ? row + i : row + i - _size;
            if (_rowCovered[candidate]) continue;
            int zero = LastUncoveredZero(candidate, 0, column);
            if (zero == None) zero = LastUncoveredZero(candidate, column, _size);
            if (zero == None) continue;
            row = candidate;
            column = zero;
            return true;
        }

        return false;
    }

    private int LastUncoveredZero(int row, int start, int end)
    {
        Span<double> costs = Row(row);
        for (int column = end - 1; column >= start; column--)
            if (costs[column] == 0 && !_columnCovered[column]) return column;
        return None;
    }

    /// <summary>Adds the least uncovered cost to covered rows and takes it from uncovered columns.</summary>
    private void UncoverNewZero()
    {
        double least = double.PositiveInfinity;
        for (int row = 0; row < _size; row++)
        {
            if (_rowCovered[row]) continue;
            Span<double> costs = Row(row);
            for (int column = 0; column < _size; column++)
                if (!_columnCovered[column]) least = Math.Min(least, costs[column]);
        }

        for (int row = 0; row < _size; row++)
        {
            Span<double> costs = Row(row);
            for (int column = 0; column < _size; column++)
            {
                if (_rowCovered[row]) costs[column] += least;
                if (!_columnCovered[column]) costs[column] -= least;
            }
        }
    }

    /// <summary>Exchanges stars and primes along the alternating path that starts at a prime with no star in its row.</summary>
    private void Augment(int row, int column)
    {
        while (true)
        {
            int displaced = _starInColumn[column];
            Star(row, column);
            if (displaced == None) return;
            row = displaced;
            column = _primeInRow[row];
        }
    }

    private void Star(int row, int column)
    {
        _starInRow[row] = column;
        _starInColumn[column] = row;
    }

    private Span<double> Row(int row) => _costs.AsSpan(row * _size, _size);
}
