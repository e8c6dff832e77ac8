using System.Text;

namespace Akimbo.Datasets;

/// <summary>Splits comma-separated text into records (RFC 4180): a cell in quotes may hold commas, line ends and doubled quotes.</summary>
internal sealed class CsvReader(TextReader reader, string file)
{
    private const int MaxRecordLength = 1 << 20;

    private readonly StringBuilder _cell = new();
    private int _line = 1;

    /// <summary>Where the record last read begins, counted from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The cells of the next record; null at the end.</summary>
    /// <exception cref="DatasetFormatException">A quote is not closed, or a record is longer than 2^20 characters.</exception>
    public string[]? Next()
    {
        if (reader.Peek() < 0) return null;
        LineNumber = _line;
        var cells = new List<string>();
        bool isQuoted = false;
        for (int length = 0; ; length++)
        {
            int character = reader.Read();
            if (character < 0 && isQuoted) throw new DatasetFormatException(file, $"Line {LineNumber} has a quote that is not closed.");
            if (length == MaxRecordLength) throw new DatasetFormatException(file, $"Line {LineNumber} is longer than {MaxRecordLength} characters; this is no table of people.");
            if (character == '\n') _line++;

            if (isQuoted)
            {
                if (character != '"') _cell.Append((char)character);
                else if (reader.Peek() == '"') _cell.Append((char)reader.Read());
                else isQuoted = false;
            }
            else if (character == '"' && _cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (character is ',' or '\n' or < 0)
            {
                cells.Add(_cell.ToString());
                _cell.Clear();
                if (character != ',') return [.. cells];
            }
            else if (character != '\r')
            {
                _cell.Append((char)character);
            }
        }
    }
}
