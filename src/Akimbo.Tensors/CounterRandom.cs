namespace Akimbo.Tensors;

/// <summary>
/// Random numbers that follow from a place alone: whoever asks for the numbers of one sample of one epoch gets the same, in
/// whatever order and on whatever thread samples are made. Philox4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel
/// Random Numbers: As Easy as 1, 2, 3", SC 2011). One instance serves one thread at a time.
/// </summary>
public sealed class CounterRandom
{
    private const int BlockLength = 4;
    private readonly ulong _seed;
    private readonly uint _epoch, _sample, _stream;
    private readonly uint[] _block = new uint[BlockLength];
    private uint _nextBlock;
    private int _used = BlockLength;

    /// <summary>Opens the sequence of a place at its beginning.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="epoch">The pass over the data.</param>
    /// <param name="sample">The sample within the data.</param>
    /// <param name="stream">What the numbers are for, so that one purpose's draws do not shift another's.</param>
    public CounterRandom(ulong seed, uint epoch = 0, uint sample = 0, uint stream = 0)
    {
        _seed = seed;
        _epoch = epoch;
        _sample = sample;
        _stream = stream;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_used == BlockLength)
        {
            Philox(_block, _nextBlock++, _stream, _sample, _epoch, (uint)_seed, (uint)(_seed >> 32));
            _used = 0;
        }

        return _block[_used++];
    }

    /// <summary>A number from 0 to 1, 1 excluded, in steps of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32() >> 5, low = NextUInt32() >> 6;
        return (high * (1UL << 26) + low) * (1.0 / (1UL << 53));
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A draw from the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>True with the given probability; takes a draw in any case.</summary>
    public bool NextBool(double probability) => NextDouble() < probability;

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public int NextIndex(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)((ulong)NextUInt32() * (uint)count >> 32);
    }

    /// <summary>The numbers from 0 to <paramref name="count"/> − 1 in random order (Fisher and Yates).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public int[] NextPermutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int j = NextIndex(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    /// <summary>One block of the generator.</summary>
    /// <param name="block">Four words; all are written.</param>
    /// <param name="c0">The counter's first word.</param>
    /// <param name="c1">Its second word.</param>
    /// <param name="c2">Its third word.</param>
    /// <param name="c3">Its fourth word.</param>
    /// <param name="k0">The key's first word.</param>
    /// <param name="k1">Its second word.</param>
    internal static void Philox(Span<uint> block, uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong first = 0xD2511F53UL * c0, second = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(second >> 32) ^ c1 ^ k0, (uint)second, (uint)(first >> 32) ^ c3 ^ k1, (uint)first);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        (block[0], block[1], block[2], block[3]) = (c0, c1, c2, c3);
    }
}
